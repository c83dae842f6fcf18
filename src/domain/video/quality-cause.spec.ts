import { REASONS } from '../reasons';
import type { Side } from './facts';
import type { QualitySample } from './quality';
import { causeOf, type QualityCause } from './quality-cause';
import { summarize } from './quality-summary';

const cause = (side: Side, samples: readonly QualitySample[]): QualityCause =>
  causeOf(side, summarize(samples, undefined));
const error = (code: number, terminal = false): QualitySample => ({
  at: 1,
  kind: 'ERROR',
  code,
  terminal,
});
const stats = (count: number, measures: object): QualitySample[] =>
  Array.from({ length: count }, (_, n) => ({ at: n, kind: 'STATS' as const, ...measures }));
const scores = (count: number, score: number): QualitySample[] =>
  Array.from({ length: count }, (_, n) => ({ at: n, kind: 'NETWORK' as const, score }));
const outage = (from: number, seconds: number): QualitySample[] => [
  { at: from, kind: 'RECONNECTING' },
  { at: from + seconds * 1_000, kind: 'RECONNECTED' },
];
const outages = (count: number): QualitySample[] =>
  Array.from({ length: count }, (_, n) => outage(n * 10_000, 1)).flat();

it.each([
  [error(3001), 'TECH_CUSTOMER_VIDEO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(3002), 'TECH_CUSTOMER_VIDEO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(3003), 'TECH_CUSTOMER_VIDEO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(3004), 'TECH_CUSTOMER_VIDEO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(3015), 'TECH_CUSTOMER_VIDEO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(3010), 'TECH_CUSTOMER_AUDIO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  // Android: no microphone, no Bluetooth; and its server’s answers, which say nothing of a device.
  [error(3011), 'TECH_CUSTOMER_AUDIO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(3012), 'TECH_CUSTOMER_AUDIO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(3013), 'TECH_CUSTOMER_AUDIO_NOT_WORKING', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(410, true), '', ''],
  [error(6011), 'TECH_BROWSER_UNSUPPORTED', 'TECH_AGENT_DEVICE_FAILURE'],
  [error(5001), 'TECH_MULTIPLE_SESSIONS', ''],
  [error(1003, true), 'TECH_CALL_DROPPED_CUSTOMER', 'TECH_CALL_DROPPED_AGENT'],
  [error(4005, true), 'TECH_CALL_DROPPED_CUSTOMER', 'TECH_CALL_DROPPED_AGENT'],
  [error(1003), '', ''],
  [error(9999, true), '', ''],
])('tells %j', (sample, customer, agent) => {
  expect([cause('CUSTOMER', [sample]), cause('AGENT', [sample])]).toEqual([customer, agent]);
});

it.each([
  ['lost packets', stats(5, { packetLossPercent: 6 }), 'TECH_POOR_NETWORK_CUSTOMER', ''],
  ['a long way', stats(5, { roundTripMs: 451 }), 'TECH_POOR_NETWORK_CUSTOMER', ''],
  ['an uneven way', stats(5, { jitterMs: 101 }), 'TECH_POOR_NETWORK_CUSTOMER', ''],
  ['bad scores', scores(5, 2), 'TECH_POOR_NETWORK_CUSTOMER', ''],
  ['no scores', scores(9, -1), '', ''],
  ['average scores', scores(9, 3), '', ''],
  [
    'the limits themselves',
    stats(9, { packetLossPercent: 5, roundTripMs: 450, jitterMs: 100 }),
    '',
    '',
  ],
  ['too few samples', [...stats(4, { packetLossPercent: 90 }), ...scores(4, 0)], '', ''],
  ['one bad moment', [...stats(39, { jitterMs: 5 }), ...stats(1, { jitterMs: 900 })], '', ''],
  ['15 s away', outage(0, 15), 'TECH_POOR_NETWORK_CUSTOMER', 'TECH_CALL_DROPPED_AGENT'],
  ['14 s away', outage(0, 14), '', ''],
  ['away three times', outages(3), 'TECH_POOR_NETWORK_CUSTOMER', 'TECH_CALL_DROPPED_AGENT'],
  ['away twice', outages(2), '', ''],
])('judges the network: %s', (_, samples, customer, agent) => {
  expect([cause('CUSTOMER', samples), cause('AGENT', samples)]).toEqual([customer, agent]);
});

it('names the device before the network', () => {
  expect(cause('CUSTOMER', [...outage(0, 30), error(1003, true), error(3003)])).toBe(
    'TECH_CUSTOMER_VIDEO_NOT_WORKING',
  );
});

it('only says what the catalogue has', () => {
  const codes = [1003, 3001, 3010, 5001, 6010].map((code) => error(code, true));
  const samples = [...codes.map((one) => [one]), outage(0, 60), stats(9, { jitterMs: 999 })];
  const said = (['CUSTOMER', 'AGENT'] as const).flatMap((side) =>
    samples.map((one) => cause(side, one)).filter((code) => code !== ''),
  );
  expect(new Set(said).size).toBe(8);
  expect(REASONS.map(({ code }) => code)).toEqual(expect.arrayContaining(said));
});
