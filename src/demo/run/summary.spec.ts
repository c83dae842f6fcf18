import { scriptOf } from '../scripts';
import type { Played } from './journey';
import { percentile, summaryLines } from './summary';

const at = (seconds: number): string => new Date(seconds * 1_000).toISOString();
const event = (seq: number, eventType: string, profileStatus: string, since: number) => ({
  seq,
  eventType,
  occurredAt: at(since),
  profileStatus,
  statusSince: at(since),
  reason: '',
  details: {},
});

const played: Played = {
  script: scriptOf(1, '0', 0),
  profileId: 'p-1',
  status: 'CANCELLED',
  reason: '',
  events: [
    event(1, 'profile.created', 'CAPTURE_PENDING', 10),
    event(2, 'capture.session-opened', 'CAPTURE_IN_PROGRESS', 12),
    event(3, 'profile.finished', 'CANCELLED', 15),
    event(4, 'profile.closed', 'CANCELLED', 15),
  ],
  wrong: '',
};
const options = { uiUrl: 'http://ui', namespace: 'default', stays: true, traced: false };

it('counts the journeys, tells the time in each status and shows one of them', () => {
  const lines = summaryLines({ played: [played], lateMs: [] }, options);
  expect(lines).toContainEqual(expect.stringMatching(/^all +1$/));
  expect(lines).toContainEqual(expect.stringMatching(/^CAPTURE_PENDING +2\.00 s +2\.00 s +1$/));
  expect(lines).toContainEqual(expect.stringMatching(/^creation to end +5\.00 s/));
  expect(lines.at(-3)).toContain('http://ui/namespaces/default/workflows/profile%2Fp-1');
  expect(lines.at(-1)).toBe('Every journey ended as its script says.');
});

it('names every journey that went otherwise', () => {
  const stuck = { ...played, wrong: 'stuck in QUEUED' };
  const lines = summaryLines({ played: [stuck, played], lateMs: [] }, options);
  expect(lines).toContain('1 of 2 journeys did not go as their scripts say:');
  expect(lines.at(-1)).toMatch(/p-1 \(.*\): stuck in QUEUED/);
});

it('takes percentiles by rank', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([percentile(values, 0.5), percentile(values, 0.95), percentile([], 0.5)]).toEqual([
    50, 95, 0,
  ]);
});
