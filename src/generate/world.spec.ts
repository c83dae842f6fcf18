import { isFinal, PROFILE_STATUSES } from '../domain/words';
import type { LogRow } from '../domain/log-row';
import { parseGenerateOptions } from './options';
import { ouidsOf, plansOf } from './generate-command';
import { organizationOf } from './organization';
import { casesOn, pastPlans } from './plan';
import { World } from './world';

const EVENTS = 40_000;
const about = { events: EVENTS, organizations: 2, ouid: 'past-1', seed: 7 };

function made({ seed, ...options }: typeof about): LogRow[] {
  return plansOf(options).flatMap((plan) =>
    [...new World(plan, organizationOf(plan), seed).run()].flat(),
  );
}

let rows: readonly LogRow[];
beforeAll(() => {
  rows = made(about);
}, 60_000);

/** Rows of each stream, in the order in which they were made. */
function streams(): Map<string, LogRow[]> {
  const found = new Map<string, LogRow[]>();
  for (const row of rows) {
    const key = `${row.ouid} ${row.stream} ${row.streamId}`;
    const known = found.get(key);
    if (known) known.push(row);
    else found.set(key, [row]);
  }
  return found;
}

it('makes as many events as were asked for, the larger part of the first organization', () => {
  expect(rows.length).toBeGreaterThanOrEqual(EVENTS);
  expect(rows.length).toBeLessThan(EVENTS * 1.2);
  const first = rows.filter(({ ouid }) => ouid === 'past-1').length;
  expect(first / rows.length).toBeGreaterThan(0.6);
});

it('numbers every stream without gaps, in time', () => {
  const wrong = [...streams()].filter(([, of]) =>
    of.some(
      (row, i) =>
        i > 0 &&
        (row.seq !== (of[i - 1]?.seq ?? 0) + 1 || row.occurredAt < (of[i - 1]?.occurredAt ?? '')),
    ),
  );
  expect(wrong.map(([key]) => key)).toEqual([]);
  expect(streams().size).toBeGreaterThan(200);
});

it('lies in the past', () => {
  const last = rows.reduce(
    (latest, { occurredAt }) => (occurredAt > latest ? occurredAt : latest),
    '',
  );
  expect(Date.parse(last)).toBeLessThan(Date.now());
});

it('comes to every end, by most kinds of event', () => {
  const ends = rows.filter(({ eventType }) => eventType === 'profile.finished');
  const statuses = new Set(ends.map(({ profileStatus }) => profileStatus));
  expect(statuses).toEqual(new Set(PROFILE_STATUSES.filter(isFinal)));
  const types = new Set(rows.map(({ eventType }) => eventType));
  for (const type of [
    'agent.paused',
    'agent.ready',
    'av.recorded',
    'av.recording-failed',
    'callback.called',
    'checker.decided',
    'customer.away',
    'maker.asked-again',
    'offer.declined',
    'offer.missed',
    'profile.held',
    'profile.recapture-asked',
    'review.again',
    'slot.booked',
    'slot.missed',
  ]) {
    expect(types).toContain(type);
  }
  // Most cases are over: nobody is stuck where nothing happens any more.
  const cases = rows.filter(({ eventType }) => eventType === 'profile.created').length;
  expect(ends.length / cases).toBeGreaterThan(0.8);
});

it('is the same for the same seed, and another for another', () => {
  const shape = (of: readonly LogRow[]) =>
    of.map(({ eventType, streamId }) => eventType + streamId);
  const small = { ...about, events: 3_000 };
  expect(shape(made(small))).toEqual(shape(made(small)));
  expect(shape(made({ ...small, seed: 8 }))).not.toEqual(shape(made(small)));
});

describe('a plan', () => {
  it('is busier on Monday than on Sunday', () => {
    const [plan] = pastPlans(1_000_000, ['a'], Date.UTC(2026, 0, 20));
    const sunday = Date.UTC(2026, 0, 10, 18, 30);
    // The clock of India is past midnight.
    expect(casesOn(plan!, sunday + 86_400_000)).toBeGreaterThan(5 * casesOn(plan!, sunday));
  });
});

describe('its flags', () => {
  it('say where, and are refused in a sentence', () => {
    expect(parseGenerateOptions(['--data-dir', 'x'])).toMatchObject({
      ...{ events: 100_000, organizations: 3, dataDir: 'x', url: '', database: 'vkyc' },
    });
    expect(() => parseGenerateOptions([])).toThrow('Say one of --url and --data-dir');
    expect(() => parseGenerateOptions(['--url', 'u', '--events', '0'])).toThrow('--events takes');
    expect(() => parseGenerateOptions(['--url', 'u', '--ouid', 'A B'])).toThrow('--ouid takes');
    expect(ouidsOf({ organizations: 3, ouid: 'demo-bank' })).toEqual([
      'demo-bank',
      'past-2',
      'past-3',
    ]);
  });
});
