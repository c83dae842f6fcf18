import type { QualitySample } from '../src/domain/video/quality';
import {
  fromQualityColumns,
  QUALITY_COLUMNS,
  type RawSample,
  toQualityColumns,
} from './quality-columns';

const at = Date.UTC(2026, 0, 15, 9, 0, 1, 250);
const origin = { profileId: 'p', avSessionId: 'p.1', who: 'CUSTOMER' } as const;
const samples: QualitySample[] = [
  { at, kind: 'NETWORK', score: -1 },
  { at, kind: 'STATS', jitterMs: 0, packetLossPercent: 12.5 },
  { at, kind: 'STATS', roundTripMs: 80, frameDropPercent: 1, bitrateUpKbps: 2, bitrateDownKbps: 3 },
  { at, kind: 'RECONNECTING' },
  { at, kind: 'RECONNECTED' },
  { at, kind: 'ERROR', code: 3001, terminal: true },
];

it.each(samples)('keeps %j as it is', (sample) => {
  const columns = toQualityColumns('bank', origin, sample);
  expect(Object.keys(columns).sort()).toEqual([...QUALITY_COLUMNS].sort());
  expect(columns['at']).toBe('2026-01-15 09:00:01.250');
  // As the client is told to answer: ISO 8601.
  const row = { ...columns, at: '2026-01-15T09:00:01.250Z', recorded_at: 'then' };
  expect(fromQualityColumns(row as unknown as RawSample)).toEqual({
    who: 'CUSTOMER',
    sample,
    recordedAt: 'then',
  });
});
