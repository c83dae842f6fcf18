import type { AvSessionsRepository } from '../../clickhouse/av-sessions.repository';
import type { LoggedRow } from '../../clickhouse/log-columns';
import type { RecordedSample } from '../../clickhouse/quality-columns';
import type { VideoEventsRepository } from '../../clickhouse/video-events';
import { isoTime } from '../../src/domain/log-row';
import { profileOf } from '../av-sessions/av-session-commands';
import { READ_LIMIT, type EntrySource, type InspectionEntry } from './entries';

/** Columns that say more than who and when; empty ones are left out. */
const COLUMNS = [
  'profileStatus',
  'reason',
  'party',
  'taskId',
  'documentId',
  'reviewerId',
  'captureSessionId',
] as const satisfies readonly (keyof LoggedRow)[];

/** Events of the log: commands, presence, tasks, captures, decisions, reads of personal data. */
export function logSource(sessions: AvSessionsRepository): EntrySource {
  return async (ouid, avSessionId) => {
    const rows = await sessions.events(ouid, profileOf(avSessionId), avSessionId, READ_LIMIT);
    return rows.map(ofRow);
  };
}

function ofRow(row: LoggedRow): InspectionEntry {
  const columns = COLUMNS.flatMap((name) => (row[name] === '' ? [] : [[name, row[name]] as const]));
  return {
    at: row.occurredAt,
    source: 'LOG',
    type: row.eventType,
    actor: { type: row.actorType, id: row.actorId },
    details: {
      ...row.details,
      ...Object.fromEntries(columns),
      ...(row.seq > 0 && { seq: row.seq }),
      ...(row.durationMs > 0 && { durationMs: row.durationMs }),
    },
  };
}

/** Webhooks of the video service as they were received. */
export function webhookSource(events: VideoEventsRepository): EntrySource {
  return async (ouid, avSessionId) => {
    const found = await events.of(ouid, profileOf(avSessionId), avSessionId, READ_LIMIT);
    return found.map(({ occurredAt, eventType, data, withheld, receivedAt, eventId }) => ({
      at: occurredAt,
      source: 'WEBHOOK',
      type: eventType,
      actor: { type: 'SYSTEM', id: 'video' },
      details: { ...data, withheld: [...withheld], receivedAt, eventId },
    }));
  };
}

/** What the clients saw, the first by time; by their own clocks, so `recordedAt` is told too. */
export function qualityEntries(samples: readonly RecordedSample[]): InspectionEntry[] {
  return samples.slice(0, READ_LIMIT).map(ofSample);
}

function ofSample({ who, sample, recordedAt }: RecordedSample): InspectionEntry {
  const { at, kind, ...measured } = sample;
  return {
    at: isoTime(at),
    source: 'QUALITY',
    type: kind,
    actor: { type: who, id: '' },
    details: { ...measured, recordedAt },
  };
}
