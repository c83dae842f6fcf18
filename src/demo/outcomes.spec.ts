import { REASONS } from '../domain/reasons';
import { OUTCOMES, type Outcome } from './outcomes';
import { outcomesFor, scriptOf } from './scripts';

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

  it('leave out what a timer ends where timers are not short', () => {
    expect(outcomesFor(true)).toEqual(OUTCOMES);
    expect(outcomesFor(false).filter(({ byTimer }) => byTimer)).toEqual([]);
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

function reasonsOf({ reason, calls, checker }: Outcome): string[] {
  const all = [reason, checker?.reason ?? '', ...calls.map(({ maker }) => maker?.reason ?? '')];
  return all.filter((code) => code !== '');
}
