import { type LogClient, select } from './client';

/** An AV session whose room or recording is not settled. */
export interface OpenCall {
  readonly ouid: string;
  readonly avSessionId: string;
  readonly profileId: string;
  readonly roomId: string;
  readonly ended: boolean;
  readonly room: string;
}

export type OpenCalls = (limit: number) => Promise<OpenCall[]>;

/**
 * For the reconciler, of all organizations: calls of the last day that had a room, the oldest change
 * first. One that was locked with its recording known is settled. None of a day ago can have expired.
 */
export function openCallsIn(client: LogClient): OpenCalls {
  return async (limit) => {
    const rows = await select<{
      ouid: string;
      av_session_id: string;
      profile_id: string;
      room_id: string;
      ended: number;
      room: string;
    }>(
      client,
      `SELECT ouid, av_session_id, profile_id, room_id, toUInt8(ended_at IS NOT NULL) AS ended, room
       FROM av_sessions FINAL
       WHERE room_id != '' AND opened_at > now64(3) - INTERVAL 1 DAY
         AND (room != 'LOCKED' OR recording IN ('EXPECTED', 'RUNNING'))
       ORDER BY updated_at LIMIT {limit:UInt32}`,
      { limit },
    );
    return rows.map((row) => ({
      ouid: row.ouid,
      avSessionId: row.av_session_id,
      profileId: row.profile_id,
      roomId: row.room_id,
      ended: row.ended === 1,
      room: row.room,
    }));
  };
}
