import type { LogClient } from './client';

const EXPIRED_PROFILES = `
  (ouid, profile_id) IN (
    SELECT ouid, profile_id FROM profiles FINAL
    WHERE expires_at <= fromUnixTimestamp64Milli({at:Int64}, 'UTC'))`;

/** Tables in an order that can be interrupted: what says that a profile has expired goes last. */
const STATEMENTS: readonly string[] = [
  `DELETE FROM activity_log WHERE stream IN ('profile', 'access') AND ${EXPIRED_PROFILES}`,
  `DELETE FROM quarantine WHERE ${EXPIRED_PROFILES}`,
  `DELETE FROM tasks WHERE ${EXPIRED_PROFILES}`,
  `DELETE FROM video_events WHERE ${EXPIRED_PROFILES}`,
  `DELETE FROM av_sessions WHERE ${EXPIRED_PROFILES}`,
  `DELETE FROM call_quality WHERE ${EXPIRED_PROFILES}`,
  `DELETE FROM profiles WHERE ${EXPIRED_PROFILES}`,
  ...[
    ['agents', '(ouid, agent_id)'],
    ['organizations', 'ouid'],
  ].map(
    ([table = '', key = '']) => `DELETE FROM ${table} WHERE ${key} IN (
      SELECT ${key} FROM ${table} FINAL
      WHERE expires_at <= fromUnixTimestamp64Milli({at:Int64}, 'UTC'))`,
  ),
];

/**
 * Deletes what TTL cannot: rows that were written before their end could be known, and expired
 * current states with all their versions. It goes by key, so it never uncovers an older state.
 * Reads don't depend on it. Run it when little else happens, e.g. daily; again after a crash.
 *
 * @param at epoch ms; what expired until then goes.
 */
export async function purgeExpired(client: LogClient, at: number): Promise<void> {
  for (const query of STATEMENTS) {
    await client.command({
      query,
      query_params: { at },
      // 2: every replica has done it when we go on.
      clickhouse_settings: { lightweight_deletes_sync: '2', wait_end_of_query: 1 },
    });
  }
}
