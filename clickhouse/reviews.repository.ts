import { type LogClient, select } from './client';

/** More than a reviewer could be refused in one request; the rest of the line is younger. */
const LONGEST = 200;

/**
 * Cases in the order in which a reviewer is to have them: what is in his hands first, then whose
 * maker decided longest ago. A claim given back, a case for a second review keep their turn; what he
 * gave back himself, or has decided already, comes last. Sums nothing, so rows that were written
 * twice change nothing. An open case does not expire.
 */
const LINE = `
  SELECT profile_id AS profileId, p.profile_status = 'IN_REVIEW' AS mine
  FROM profiles AS p FINAL
  LEFT JOIN (
    SELECT profile_id,
      maxIf(occurred_at, event_type = 'maker.decided') AS waiting_since,
      maxIf(occurred_at, reviewer_id = {reviewerId:String} AND (event_type = 'checker.decided'
        OR JSONExtractString(details, 'why') = 'RELEASED')) > waiting_since AS had_it
    FROM activity_log
    WHERE ouid = {ouid:String} AND stream = 'profile'
      AND event_type IN ('maker.decided', 'review.released', 'checker.decided')
      AND stream_id IN (
        SELECT profile_id FROM profiles FINAL
        WHERE ouid = {ouid:String} AND profile_status = 'REVIEW_PENDING'
      )
    GROUP BY profile_id
  ) AS l USING (profile_id)
  WHERE p.ouid = {ouid:String}
    AND (p.profile_status = 'REVIEW_PENDING'
      OR (p.profile_status = 'IN_REVIEW' AND p.reviewer_id = {reviewerId:String}))
  ORDER BY p.profile_status = 'REVIEW_PENDING', l.had_it, l.waiting_since, profileId
  LIMIT {rows:UInt32}`;

/** A case in a reviewer's line; `mine`: it is in his hands already. */
export interface InLine {
  readonly profileId: string;
  readonly mine: boolean;
}

/** The line of cases that wait for a checker, as far as the log knows. */
export class ReviewsRepository {
  constructor(private readonly client: LogClient) {}

  /** @throws LogUnavailableError when ClickHouse does not answer. */
  async lineFor(ouid: string, reviewerId: string): Promise<readonly InLine[]> {
    const params = { ouid, reviewerId, rows: LONGEST };
    const rows = await select<{ profileId: string; mine: number }>(this.client, LINE, params);
    return rows.map(({ profileId, mine }) => ({ profileId, mine: mine === 1 }));
  }
}
