import { type LogClient, select } from './client';

/** More than a reviewer could be refused in one request; the rest of the line is younger. */
const LONGEST = 200;

/**
 * Cases that wait for a checker or are with one, whose maker decided longest ago first: a claim given
 * back, a case for a second review keep their turn. Sums nothing, so rows that were written twice
 * change nothing. An open case does not expire.
 */
const LINE = `
  SELECT profile_id AS profileId, if(p.profile_status = 'IN_REVIEW', p.reviewer_id, '') AS heldBy,
    arrayMap(one -> one.1, arrayFilter(one -> one.2 > l.waiting_since, l.given_back)) AS hadBy
  FROM profiles AS p FINAL
  LEFT JOIN (
    SELECT profile_id,
      maxIf(occurred_at, event_type = 'maker.decided') AS waiting_since,
      groupUniqArrayIf((reviewer_id, occurred_at), event_type = 'checker.decided'
        OR JSONExtractString(details, 'why') = 'RELEASED') AS given_back
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
    AND p.profile_status IN ('REVIEW_PENDING', 'IN_REVIEW')
  ORDER BY p.profile_status = 'REVIEW_PENDING', l.waiting_since, profileId
  LIMIT {rows:UInt32}`;

/** A case that waits for a checker, or is with one. */
export interface CaseInReview {
  readonly profileId: string;
  /** The reviewer who has it; '' while it waits. */
  readonly heldBy: string;
  /** Who gave it back since its maker decided, or has decided it already. */
  readonly hadBy: readonly string[];
}

/** The line of cases that wait for a checker, as far as the log knows. */
export class ReviewsRepository {
  constructor(private readonly client: LogClient) {}

  /** @throws LogUnavailableError when ClickHouse does not answer. */
  line(ouid: string): Promise<readonly CaseInReview[]> {
    return select<CaseInReview>(this.client, LINE, { ouid, rows: LONGEST });
  }
}
