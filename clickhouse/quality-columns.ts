import {
  MEASURE_NAMES,
  type Measure,
  type QualityKind,
  type QualitySample,
} from '../src/domain/video/quality';
import type { Side } from '../src/domain/video/facts';
import { NEVER } from './log-columns';

/** Whose samples these are. */
export interface QualityOrigin {
  readonly profileId: string;
  readonly avSessionId: string;
  readonly who: Side;
}

const MEASURE_COLUMNS: Readonly<Record<Measure, string>> = {
  jitterMs: 'jitter_ms',
  roundTripMs: 'round_trip_ms',
  packetLossPercent: 'packet_loss_percent',
  frameDropPercent: 'frame_drop_percent',
  bitrateUpKbps: 'bitrate_up_kbps',
  bitrateDownKbps: 'bitrate_down_kbps',
};

export const QUALITY_COLUMNS: readonly string[] = [
  'ouid',
  'profile_id',
  'av_session_id',
  'who',
  'at',
  'kind',
  'score',
  ...Object.values(MEASURE_COLUMNS),
  'code',
  'terminal',
  'expires_at',
];

/** A sample as it is inserted. */
export function toQualityColumns(
  ouid: string,
  { profileId, avSessionId, who }: QualityOrigin,
  sample: QualitySample,
): Record<string, string | number | boolean | null> {
  return {
    ouid,
    profile_id: profileId,
    av_session_id: avSessionId,
    who,
    at: new Date(sample.at).toISOString().replace('T', ' ').replace('Z', ''),
    kind: sample.kind,
    score: sample.kind === 'NETWORK' ? sample.score : null,
    ...Object.fromEntries(
      MEASURE_NAMES.map((name) => [
        MEASURE_COLUMNS[name],
        sample.kind === 'STATS' ? (sample[name] ?? null) : null,
      ]),
    ),
    code: sample.kind === 'ERROR' ? sample.code : 0,
    terminal: sample.kind === 'ERROR' && sample.terminal,
    expires_at: NEVER,
  };
}

/** A sample as `SELECT` gives it. */
export type RawSample = Readonly<Record<string, number | null>> & {
  readonly at: string;
  readonly who: Side;
  readonly kind: QualityKind;
  readonly code: number;
  readonly terminal: boolean;
  readonly recorded_at: string;
};

/** A sample with whose it is and when it came in (ISO 8601). */
export interface RecordedSample {
  readonly who: Side;
  readonly sample: QualitySample;
  readonly recordedAt: string;
}

export function fromQualityColumns(row: RawSample): RecordedSample {
  return { who: row.who, sample: sampleOf(row), recordedAt: row.recorded_at };
}

function sampleOf(row: RawSample): QualitySample {
  const at = Date.parse(row.at);
  switch (row.kind) {
    case 'NETWORK':
      return { at, kind: 'NETWORK', score: row['score'] ?? -1 };
    case 'STATS': {
      const measured = MEASURE_NAMES.flatMap((name) => {
        const value = row[MEASURE_COLUMNS[name]];
        return typeof value === 'number' ? [[name, value] as const] : [];
      });
      return { at, kind: 'STATS', ...Object.fromEntries(measured) };
    }
    case 'ERROR':
      return { at, kind: 'ERROR', code: row.code, terminal: row.terminal };
    case 'RECONNECTING':
    case 'RECONNECTED':
      return { at, kind: row.kind };
  }
}
