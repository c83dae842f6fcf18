import { select, type LogClient } from '../../../clickhouse/client';

/** What the checks need of an event. */
export interface LoggedEvent {
  readonly stream: 'profile' | 'desk';
  readonly streamId: string;
  readonly seq: number;
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: string;
  readonly profileId: string;
  readonly captureSessionId: string;
  readonly avSessionId: string;
  readonly agentId: string;
  readonly taskId: string;
  readonly documentId: string;
  readonly profileStatus: string;
  readonly reason: string;
  readonly actorType: string;
  readonly actorId: string;
  readonly reviewerId: string;
  /** Of a maker's or checker's decision, '' otherwise. */
  readonly decision: string;
  /** Of the desk's events about an offer. */
  readonly offerId: string;
}

// FINAL: what is read. A row written twice by a retry is one row until its key differs.
const EVENTS = `
  SELECT stream, stream_id AS streamId, seq, event_id AS eventId, event_type AS eventType,
    occurred_at AS occurredAt, profile_id AS profileId, capture_session_id AS captureSessionId,
    av_session_id AS avSessionId, agent_id AS agentId, task_id AS taskId,
    document_id AS documentId, profile_status AS profileStatus, reason,
    actor_type AS actorType, actor_id AS actorId, reviewer_id AS reviewerId,
    JSONExtractString(details, 'decision') AS decision,
    JSONExtractString(details, 'offerId') AS offerId
  FROM activity_log FINAL
  WHERE ouid = {ouid:String} AND stream IN ('profile', 'desk')
  ORDER BY stream, stream_id, seq, occurred_at`;

/** The events of each stream in order. */
export interface Log {
  /** By ProfileID. */
  readonly profiles: ReadonlyMap<string, readonly LoggedEvent[]>;
  readonly desk: readonly LoggedEvent[];
}

/** One organization's whole log, without the reads of personal data. */
export async function readLog(client: LogClient, ouid: string): Promise<Log> {
  const rows = await select<Omit<LoggedEvent, 'seq'> & { readonly seq: string }>(client, EVENTS, {
    ouid,
  });
  const profiles = new Map<string, LoggedEvent[]>();
  const desk: LoggedEvent[] = [];
  for (const row of rows) {
    const event = { ...row, seq: Number(row.seq) };
    if (event.stream === 'desk') {
      desk.push(event);
      continue;
    }
    const events = profiles.get(event.streamId);
    if (events) events.push(event);
    else profiles.set(event.streamId, [event]);
  }
  return { profiles, desk };
}

/** The last event of a stream by number. */
export function lastOf(events: readonly LoggedEvent[]): LoggedEvent | undefined {
  return events.at(-1);
}
