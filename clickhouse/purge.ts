import { type LogClient, select } from './client';
import { daysOf, expiredJourneys, expiredOperations, expiredProfiles } from './retention-rule';

/** The time of a round, a parameter: all its statements see the same. */
const NOW = "fromUnixTimestamp64Milli({at:Int64}, 'UTC')";
const MINE = 'ouid = {ouid:String}';
const EXPIRED = `${MINE} AND profile_id IN (${expiredProfiles(NOW)})`;

/** Tables in an order that can be interrupted: what says that a profile has expired goes last. */
const OF_PROFILES: readonly string[] = [
  `DELETE FROM activity_log WHERE ${MINE} AND ${expiredJourneys(NOW)}`,
  ...['quarantine', 'tasks', 'video_events', 'av_sessions', 'call_quality'].map(
    (table) => `DELETE FROM ${table} WHERE ${EXPIRED}`,
  ),
  `DELETE FROM retention WHERE ${EXPIRED} AND kind != 'RELATIONSHIP_END'`,
  `DELETE FROM profiles WHERE ${EXPIRED}`,
  // Not before its profile: without its end an approved one would be shown again.
  `DELETE FROM retention WHERE ${MINE} AND kind = 'RELATIONSHIP_END'
     AND at <= subtractDays(${NOW}, assumeNotNull(${daysOf('approvedDays')}))
     AND profile_id NOT IN (SELECT profile_id FROM profiles WHERE ${MINE})`,
];

const OPERATIONS = `DELETE FROM activity_log WHERE ${MINE} AND ${expiredOperations(NOW)}`;

/** What one organization lost. */
export interface PurgedRows {
  readonly profiles: number;
  /** Rows of the log about what happened outside profiles. */
  readonly operations: number;
}

/** All that have rows; a round goes through them one by one. */
export async function organizationsIn(client: LogClient): Promise<string[]> {
  const rows = await select<{ ouid: string }>(
    client,
    'SELECT ouid FROM profiles UNION DISTINCT SELECT ouid FROM organizations ORDER BY ouid',
    {},
  );
  return rows.map(({ ouid }) => ouid);
}

/**
 * Deletes what has expired of one organization, all versions of it: by key, so it never uncovers an
 * older state. Reads don't depend on it. May run again, after a crash too.
 *
 * @param at epoch ms; what expired until then goes.
 */
export async function purgeExpired(
  client: LogClient,
  ouid: string,
  at: number,
): Promise<PurgedRows> {
  const params = { ouid, at };
  const count = async (query: string): Promise<number> =>
    Number((await select<{ n: string }>(client, query, params))[0]?.n ?? 0);
  const profiles = await count(`SELECT count() AS n FROM (${expiredProfiles(NOW)})`);
  const operations = await count(
    `SELECT count() AS n FROM activity_log WHERE ${MINE} AND ${expiredOperations(NOW)}`,
  );
  // A delete writes to every part of its table, also where there is nothing to delete.
  const statements = [
    ...(profiles > 0 ? OF_PROFILES : []),
    ...(operations > 0 ? [OPERATIONS] : []),
  ];
  for (const query of statements) {
    await client.command({
      query,
      query_params: params,
      // 2: every replica has done it when we go on.
      clickhouse_settings: { lightweight_deletes_sync: '2', wait_end_of_query: 1 },
    });
  }
  return { profiles, operations };
}
