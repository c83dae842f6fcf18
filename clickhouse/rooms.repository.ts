import type { Side } from '../src/domain/video/facts';
import {
  AV_SESSION_FIELDS,
  type AvSessionRecord,
  type RawAvSession,
  tidySession,
} from './av-sessions.repository';
import { type LogClient, select } from './client';
import { decodeCursor, encodeCursor } from './cursor';
import { KEPT } from './kept';
import { newestEvent } from './newest-event';

/** An AV session whose room is not locked, and who is in it. */
export interface OpenRoom extends AvSessionRecord {
  readonly inside: readonly Inside[];
}

/** Somebody in a room, since his last join (ISO 8601). */
export interface Inside {
  readonly who: Side;
  readonly since: string;
}

export interface RoomPage {
  readonly items: readonly OpenRoom[];
  readonly nextCursor?: string;
  /** When the newest event the list knows of happened; '' when it knows none. */
  readonly asOf: string;
}

type Row = RawAvSession & { readonly openedMs: string };

const OPENED = 'toUnixTimestamp64Milli(ifNull(opened_at, updated_at))';

/** A room that could not be opened is none; one that could not be locked is the one to look after. */
const OPEN_ROOMS = `
  SELECT ${AV_SESSION_FIELDS}, ${OPENED} AS openedMs FROM av_sessions FINAL
  WHERE ${KEPT}
    AND room != 'LOCKED' AND NOT (room = 'FAILED' AND end_why = 'ROOM_FAILED')`;

const AFTER = `
  AND (${OPENED} > {openedMs:Int64}
    OR (${OPENED} = {openedMs:Int64} AND av_session_id > {avSessionId:String}))`;

/** Each side's last coming or going. Picks rows, so rows that were written twice change nothing. */
const PRESENCE = `
  SELECT av_session_id AS avSessionId, JSONExtractString(details, 'who') AS who,
    argMax(event_type, seq) AS last, argMax(occurred_at, seq) AS since
  FROM activity_log
  WHERE ${KEPT} AND stream = 'profile' AND profile_id IN {profiles:Array(String)}
    AND av_session_id IN {sessions:Array(String)} AND event_type IN ('av.joined', 'av.left')
  GROUP BY avSessionId, who`;

/** Which rooms are live, as far as the log knows. */
export class RoomsRepository {
  constructor(private readonly client: LogClient) {}

  /**
   * Longest open first. A room's place never changes, so pages neither repeat nor miss one.
   *
   * @throws InvalidCursorError for a cursor that no list gave.
   */
  async list(
    ouid: string,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<RoomPage> {
    const from = page.cursor === undefined ? undefined : decodeCursor(page.cursor);
    const asOf = await newestEvent(this.client, ouid);
    const found = await select<Row>(
      this.client,
      `${OPEN_ROOMS} ${from ? AFTER : ''} ORDER BY openedMs, avSessionId LIMIT {rows:UInt32}`,
      {
        ouid,
        rows: page.limit + 1,
        ...(from && { openedMs: from.createdAtMs, avSessionId: from.profileId }),
      },
    );
    const items = found.slice(0, page.limit);
    const last = found.length > page.limit ? items.at(-1) : undefined;
    return {
      items: await this.withPeople(ouid, items),
      asOf,
      ...(last && { nextCursor: cursorAt(last) }),
    };
  }

  private async withPeople(ouid: string, rows: readonly Row[]): Promise<OpenRoom[]> {
    if (rows.length === 0) return [];
    const seen = await select<Inside & { avSessionId: string; last: string }>(
      this.client,
      PRESENCE,
      {
        ouid,
        profiles: rows.map(({ profileId }) => profileId),
        sessions: rows.map(({ avSessionId }) => avSessionId),
      },
    );
    return rows.map(({ openedMs: _, ...row }) => ({
      ...tidySession(row),
      // When a call is over, everybody is out of it, whether or not he said so.
      inside: seen
        .filter(({ avSessionId }) => row.endedAt === null && avSessionId === row.avSessionId)
        .filter(({ last }) => last === 'av.joined')
        .map(({ who, since }) => ({ who, since }))
        .toSorted((a, b) => a.since.localeCompare(b.since)),
    }));
  }
}

/** Oldest first here: what cursors call the creation is the opening. */
function cursorAt({ openedMs, avSessionId }: Row): string {
  return encodeCursor({ createdAtMs: Number(openedMs), profileId: avSessionId });
}
