import { setTimeout as sleep } from 'node:timers/promises';
import { type LogClient, select } from './client';
import { KEPT_WITH_PROFILE } from './kept';
import { fromColumns, LOG_ROW_COLUMNS, type LoggedRow } from './log-columns';

const MAX_PAGE = 1_000;
/** How often `waitForSeq` looks, ms: an insert takes some 5 ms, a look 3. */
const POLL = 50;

// Written twice, a row is shown once.
const TIMELINE = `
  SELECT ${LOG_ROW_COLUMNS} FROM activity_log
  WHERE ${KEPT_WITH_PROFILE} AND stream = 'profile' AND profile_id = {profileId:String}
    AND seq > {afterSeq:UInt64}
  ORDER BY seq LIMIT 1 BY seq LIMIT {rows:UInt32}`;

/** What happened to one profile, event by event. Each read is one organization's. */
export class TimelineRepository {
  constructor(private readonly client: LogClient) {}

  /** Its events after `afterSeq` in order; `limit` 1 to 1,000. */
  async timeline(
    ouid: string,
    profileId: string,
    page: { readonly afterSeq?: number; readonly limit: number },
  ): Promise<LoggedRow[]> {
    const afterSeq = Math.max(Math.trunc(page.afterSeq ?? 0), 0);
    const rows = Math.min(Math.max(Math.trunc(page.limit), 1), MAX_PAGE);
    const found = await select<Record<string, unknown>>(this.client, TIMELINE, {
      ouid,
      profileId,
      afterSeq,
      rows,
    });
    return found.map(fromColumns);
  }

  /**
   * Waits until the log knows the profile's event `seq` (which a command's answer named), so that
   * a list asked for afterwards includes it.
   *
   * @param ms how long at most. @returns false when it still does not: say `asOf`.
   */
  async waitForSeq(ouid: string, profileId: string, seq: number, ms = 2_000): Promise<boolean> {
    const deadline = Date.now() + ms;
    for (;;) {
      const [known] = await select<{ readonly seq: string }>(
        this.client,
        `SELECT max(seq) AS seq FROM profiles
         WHERE ouid = {ouid:String} AND profile_id = {profileId:String}`,
        { ouid, profileId },
      );
      if (Number(known?.seq ?? 0) >= seq) return true;
      if (Date.now() + POLL > deadline) return false;
      await sleep(POLL);
    }
  }
}
