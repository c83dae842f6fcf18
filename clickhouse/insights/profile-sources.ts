import {
  ABOUT_PROFILE,
  detail,
  detailsAs,
  FIRST_DECISION,
  PROFILE_COLUMNS,
  profileEvents,
  type Source,
} from './source';

/** The maker's decisions. */
export const DECISIONS: Source = {
  name: 'decisions',
  columns: PROFILE_COLUMNS,
  rows: profileEvents(['maker.decided'], `${ABOUT_PROFILE}, ${detail('decision')} AS decision`),
};

/** How long a case may have waited for its checker, days. */
const WAITED_FOR_REVIEW = 60;

/** The checker's decisions; `ends`: no further review was needed, so the case ended with it. */
export const CHECKS: Source = {
  name: 'checks',
  columns: PROFILE_COLUMNS,
  rows: `SELECT *, toUnixTimestamp64Milli(at) - toUnixTimestamp64Milli(maker_at) AS turnaround_ms FROM (
    SELECT *, maxIf(at, type = 'maker.decided') OVER (PARTITION BY profile_id ORDER BY seq
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS maker_at
    FROM (${profileEvents(
      ['maker.decided', 'checker.decided'],
      `${ABOUT_PROFILE}, ${detailsAs('decision String, overridden Bool, review UInt64, reviewsNeeded UInt64')} AS d,
        d.decision AS decision, d.overridden AS overridden, d.review AS review, d.reviewsNeeded AS needed,
        decision != 'SENT_BACK' AND review = needed AS ends`,
      { before: WAITED_FOR_REVIEW },
    )})) WHERE type = 'checker.decided'`,
};

/** Reviews that were taken, and those that came back undecided. */
export const CLAIMS: Source = {
  name: 'claims',
  columns: [...PROFILE_COLUMNS, 'why'],
  rows: profileEvents(
    ['review.claimed', 'review.released'],
    `${ABOUT_PROFILE}, ${detail('why')} AS why`,
  ),
};

/** From an AV session's opening to its agent's decision: the longest call and the longest decision. */
const CALL_DAYS = 1;

/**
 * AV sessions that ended, and the agent's first decision on each: one that a checker sent back to him
 * is no part of the call.
 */
export const CALLS: Source = {
  name: 'calls',
  columns: [...PROFILE_COLUMNS, 'cause', 'why'],
  rows: `SELECT maxIf(e.at, e.type = 'av.ended') AS at, e.profile_id AS profile_id, e.av_session_id AS av_session_id,
      maxIf(e.seq, e.type = 'av.ended') AS seq, maxIf(e.ms, e.type = 'av.ended') AS ms,
      countIf(e.type = 'av.ended' AND e.started != '') > 0 AS began,
      anyIf(e.why, e.type = 'av.ended') AS why, anyIf(e.cause, e.type = 'av.ended') AS cause,
      any(e.queue) AS queue, any(e.language) AS language, any(e.agent) AS agent, any(e.reviewer) AS reviewer,
      any(e.attempt) AS attempt,
      argMinIf(e.ms, e.seq, e.type = 'maker.decided') AS decision_ms,
      ${FIRST_DECISION}
    FROM (${profileEvents(
      ['av.ended', 'maker.decided'],
      `${ABOUT_PROFILE}, ${detailsAs('decision String, av Tuple(endWhy String, systemCause String, startedAt String)')} AS d,
        d.decision AS decision, d.av.endWhy AS why, d.av.systemCause AS cause, d.av.startedAt AS started`,
      { after: CALL_DAYS },
    )}) AS e GROUP BY e.profile_id, e.av_session_id HAVING countIf(e.type = 'av.ended') > 0`,
};

/** How long a case may have run before its end, days: what it went through counts with its end. */
const CASE_DAYS = 90;

/** Cases that came to their end; `again`: how often captures or a decision were asked for once more. */
export const FINALS: Source = {
  name: 'finals',
  columns: PROFILE_COLUMNS,
  rows: `SELECT maxIf(e.at, e.type = 'profile.finished') AS at, e.profile_id AS profile_id,
      maxIf(e.seq, e.type = 'profile.finished') AS seq, '' AS av_session_id,
      anyIf(e.status, e.type = 'profile.finished') AS status,
      anyIf(e.ms, e.type = 'profile.finished') AS ms,
      anyIf(e.queue, e.type = 'profile.finished') AS queue,
      anyIf(e.language, e.type = 'profile.finished') AS language,
      anyIf(e.agent, e.type = 'profile.finished') AS agent,
      anyIf(e.reviewer, e.type = 'profile.finished') AS reviewer,
      anyIf(e.reason, e.type = 'profile.finished') AS reason,
      anyIf(e.class, e.type = 'profile.finished') AS class,
      anyIf(e.party, e.type = 'profile.finished') AS party,
      anyIf(e.attempt, e.type = 'profile.finished') AS attempt,
      countIf(e.type IN ('profile.recapture-asked', 'maker.asked-again')) AS again,
      countIf(e.type = 'queue.entered') > 0 AS was_in_line,
      toUnixTimestamp64Milli(at) - toUnixTimestamp64Milli(minIf(e.at, e.type = 'queue.entered')) AS line_ms
    FROM (${profileEvents(
      ['profile.finished', 'profile.recapture-asked', 'maker.asked-again', 'queue.entered'],
      `${ABOUT_PROFILE}, profile_status AS status`,
      { before: CASE_DAYS },
    )}) AS e GROUP BY e.profile_id HAVING countIf(e.type = 'profile.finished') > 0`,
};
