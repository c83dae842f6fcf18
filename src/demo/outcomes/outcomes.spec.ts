import { REASONS } from '../../domain/reasons';
import { isFinal, PROFILE_STATUSES, SEND_BACK_TO } from '../../domain/words';
import { OUTCOMES, type Outcome } from './index';
import { outcomesFor, scriptOf } from '../scripts';

const names = (seed: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => scriptOf(seed, '0', i).outcome.name);

describe('the outcomes of the demo', () => {
  it('are each there at least twice among 60 journeys, whatever the seed', () => {
    for (const seed of [0, 1, 7, 4_711]) {
      const drawn = names(seed, 60);
      const rare = OUTCOMES.filter(({ name }) => drawn.filter((n) => n === name).length < 2);
      expect(rare).toEqual([]);
    }
  });

  it('have names of their own and reasons of the catalogue', () => {
    expect(new Set(OUTCOMES.map(({ name }) => name)).size).toBe(OUTCOMES.length);
    const codes = OUTCOMES.flatMap(reasonsOf);
    expect(codes.filter((code) => !REASONS.some((reason) => reason.code === code))).toEqual([]);
  });

  it('leave out what needs the demo’s own policy where the policy is another', () => {
    expect(outcomesFor(true)).toEqual(OUTCOMES);
    const given = outcomesFor(false);
    expect(given.filter(({ byTimer, slot }) => byTimer || slot === 'MISSED')).toEqual([]);
    expect(new Set(given.map(({ status }) => status))).toEqual(
      new Set(['APPROVED', 'REJECTED', 'UNABLE_TO_VERIFY', 'CANCELLED']),
    );
  });

  it('are cancelled from every open status, with every disposition and every way back', () => {
    const signs = OUTCOMES.flatMap(({ shows }) => shows);
    const open = PROFILE_STATUSES.filter((status) => !isFinal(status));
    expect(OUTCOMES.flatMap(({ cancelled }) => cancelled ?? []).sort()).toEqual([...open].sort());
    const dispositions = new Set(REASONS.map(({ disposition }) => `maker.decided ${disposition}`));
    const backTo = SEND_BACK_TO.map((to) => `checker.decided ${to}`);
    expect(signs).toEqual(expect.arrayContaining([...dispositions, ...backTo]));
  });
});

describe('a script', () => {
  it('follows from seed and index alone', () => {
    expect(scriptOf(3, '0', 17)).toEqual(scriptOf(3, '0', 17));
    expect(names(3, 40)).not.toEqual(names(4, 40));
    expect(names(3, 80).slice(0, 40)).toEqual(names(3, 40));
  });

  it('names another case in another run', () => {
    expect(scriptOf(3, 'a', 1).extReferenceId).not.toBe(scriptOf(3, 'b', 1).extReferenceId);
  });
});

function reasonsOf({ reason, calls, checks }: Outcome): string[] {
  const all = [reason, ...[...calls.map(({ maker }) => maker), ...checks].map((p) => p?.reason)];
  return all.flatMap((code) => (code === undefined || code === '' ? [] : [code]));
}
