import { profileOfAvSession, type RoomPlace, type VideoEvent } from '../src/domain/video/event';
import { isoTime } from '../src/domain/log-row';
import type { Json } from '../src/domain/words';
import { type InsertRows, type LogClient, select } from './client';
import { KEPT_WITH_PROFILE } from './kept';
import { NEVER } from './log-columns';

const COLUMNS = [
  'ouid',
  'av_session_id',
  'profile_id',
  'workspace',
  'room_id',
  'session_id',
  'event_id',
  'event_type',
  'occurred_at',
  'received_at',
  'body',
  'expires_at',
];

/** Webhooks of the video service as they were received. An event is one row, however often it came. */
export class VideoEventsLog {
  constructor(private readonly insert: InsertRows) {}

  /** A room that is none of ours has no OUID and no AVSessionID: its events are kept all the same. */
  async keep(workspace: string, place: RoomPlace, events: readonly VideoEvent[]): Promise<void> {
    const rows = events.map(({ data, withheld, ...event }) => ({
      ouid: place.ouid,
      av_session_id: place.avSessionId,
      profile_id: profileOfAvSession(place.avSessionId),
      workspace,
      room_id: event.roomId,
      session_id: event.sessionId,
      event_id: event.eventId,
      event_type: event.type,
      occurred_at: event.occurredAt === '' ? event.receivedAt : event.occurredAt,
      received_at: event.receivedAt,
      body: JSON.stringify({ data, withheld }),
      expires_at: place.ouid === '' ? inThirtyDays(event.receivedAt) : NEVER,
    }));
    await this.insert('video_events', COLUMNS, rows);
  }
}

/** A room that is none of ours has nobody's retention: long enough to look into it. */
function inThirtyDays(receivedAt: string): string {
  return isoTime(Date.parse(receivedAt) + 30 * 24 * 60 * 60 * 1_000);
}

/** One of them read back. */
export interface KeptVideoEvent {
  readonly eventId: string;
  readonly eventType: string;
  /** ISO 8601. */
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly data: Readonly<Record<string, Json>>;
  /** Names of the fields that were not kept. */
  readonly withheld: readonly string[];
}

/** Those of one AV session, in the service's order of time. Each read is one organization's. */
export class VideoEventsRepository {
  constructor(private readonly client: LogClient) {}

  async of(
    ouid: string,
    profileId: string,
    avSessionId: string,
    limit: number,
  ): Promise<KeptVideoEvent[]> {
    const rows = await select<{
      event_id: string;
      event_type: string;
      occurred_at: string;
      received_at: string;
      body: string;
    }>(
      this.client,
      `SELECT event_id, event_type, occurred_at, received_at, body FROM video_events FINAL
       WHERE ${KEPT_WITH_PROFILE} AND av_session_id = {avSessionId:String}
       ORDER BY occurred_at, event_id LIMIT {limit:UInt32}`,
      { ouid, profileId, avSessionId, limit },
    );
    return rows.map(({ body, ...row }) => ({
      eventId: row.event_id,
      eventType: row.event_type,
      occurredAt: row.occurred_at,
      receivedAt: row.received_at,
      ...(JSON.parse(body) as Pick<KeptVideoEvent, 'data' | 'withheld'>),
    }));
  }
}
