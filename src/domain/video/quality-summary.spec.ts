import type { QualitySample } from './quality';
import { summarize } from './quality-summary';

const START = Date.UTC(2026, 0, 15, 9);
const at = (second: number): { at: number } => ({ at: START + second * 1_000 });
const stats = (second: number, measures: object): QualitySample => ({
  ...at(second),
  kind: 'STATS',
  ...measures,
});
const lost = (second: number): QualitySample => ({ ...at(second), kind: 'RECONNECTING' });
const back = (second: number): QualitySample => ({ ...at(second), kind: 'RECONNECTED' });
const score = (second: number, value: number): QualitySample => ({
  ...at(second),
  kind: 'NETWORK',
  score: value,
});

it('knows nothing of no samples', () => {
  expect(summarize([], undefined)).toEqual({
    samples: 0,
    firstAt: '',
    lastAt: '',
    averageScore: null,
    worstScore: null,
    scores: 0,
    stats: 0,
    p95JitterMs: null,
    p95RoundTripMs: null,
    p95PacketLossPercent: null,
    reconnects: 0,
    secondsDisconnected: 0,
    errors: [],
  });
});

it('takes samples in any order and leaves out what was not measured', () => {
  const summary = summarize([score(9, 5), score(3, -1), score(1, 2), score(5, 4)], undefined);
  expect(summary).toMatchObject({
    samples: 4,
    firstAt: '2026-01-15T09:00:01.000Z',
    lastAt: '2026-01-15T09:00:09.000Z',
    averageScore: 3.67,
    worstScore: 2,
    scores: 3,
    stats: 0,
  });
});

it('finds what 95 of 100 do not exceed', () => {
  const samples = Array.from({ length: 100 }, (_, n) =>
    stats(n, { jitterMs: 100 - n, ...(n < 20 && { packetLossPercent: n }) }),
  );
  expect(summarize(samples, undefined)).toMatchObject({
    stats: 100,
    p95JitterMs: 95,
    p95PacketLossPercent: 18,
    p95RoundTripMs: null,
  });
  expect(summarize([stats(1, { roundTripMs: 7.5 })], undefined).p95RoundTripMs).toBe(7.5);
});

it.each([
  ['it came back', [lost(10), back(14), lost(20), back(26)], undefined, 2, 10],
  ['it said so twice', [lost(10), lost(12), back(14), back(15)], undefined, 1, 4],
  ['it only ever came back', [back(14)], undefined, 0, 0],
  ['it never came back', [lost(10)], 70, 1, 60],
  ['it never came back, the call goes on', [lost(10), stats(13, { jitterMs: 1 })], undefined, 1, 3],
  ['its clock is behind the call’s end', [lost(80)], 70, 1, 0],
] as const)('counts how long the connection was lost: %s', (_, samples, end, times, seconds) => {
  const endedAt = end === undefined ? undefined : at(end).at;
  expect(summarize(samples, endedAt)).toMatchObject({
    reconnects: times,
    secondsDisconnected: seconds,
  });
});

it('counts errors by code', () => {
  const error = (second: number, code: number, terminal: boolean): QualitySample => ({
    ...at(second),
    kind: 'ERROR',
    code,
    terminal,
  });
  expect(
    summarize([error(1, 3001, false), error(2, 1003, true), error(3, 1003, false)], undefined)
      .errors,
  ).toEqual([
    { code: 1003, count: 2, terminal: true },
    { code: 3001, count: 1, terminal: false },
  ]);
});
