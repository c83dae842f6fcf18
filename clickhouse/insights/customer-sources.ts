import type { ProfileEvents } from '../../src/domain/events';
import { KEPT_PROFILES } from '../kept';
import {
  ABOUT_PROFILE,
  deskEvents,
  detail,
  detailsAs,
  PROFILE_COLUMNS,
  profileEvents,
  type Source,
} from './source';

/** The way of a case in order: what is reached by which event, under which condition. */
export const STEPS = [
  ['LINK_SENT', 'profile.created', '1'],
  ['OPENED', 'capture.session-opened', '1'],
  ['CONSENTED', 'consent.given', '1'],
  ['DOCUMENTS', 'document.received', '1'],
  ['SUBMITTED', 'profile.submitted', '1'],
  ['IN_LINE', 'queue.entered', '1'],
  ['ASSIGNED', 'av.opened', '1'],
  ['IN_CALL', 'av.started', '1'],
  ['CHECKED', 'task.verdict-set', '1'],
  ['DECIDED', 'maker.decided', "decision IN ('APPROVED', 'REJECTED')"],
  ['REVIEWED', 'checker.decided', "decision IN ('APPROVED', 'REJECTED')"],
  ['APPROVED', 'profile.finished', "status = 'APPROVED'"],
] as const satisfies readonly (readonly [string, keyof ProfileEvents, string])[];

/** How far after the range a case is followed, days. */
const FOLLOWED = 60;
const STEP_TYPES = STEPS.map(([, type]) => type);
const STEP_NAMES = STEPS.map(([name]) => `'${name}'`).join(', ');
const FIRST_TIMES = STEPS.map(
  ([, type, when]) => `toUnixTimestamp64Milli(minIf(e.at, e.type = '${type}' AND ${when}))`,
).join(', ');

/**
 * Cases by their creation, one row for each step they ever reached (its first time counts), `seq` which.
 * `ms`: until they first reached the next one; `is_open`: not there yet, and not at their end either.
 */
export const FUNNEL: Source = {
  name: 'funnel',
  columns: ['step', 'queue', 'language'],
  rows: `SELECT created AS at, profile_id, toUInt64(reached.4) AS seq, av_session_id, queue, language,
      arrayJoin(arrayFilter(s -> s.2 > 0, arrayZip([${STEP_NAMES}], times, arrayPushBack(arraySlice(times, 2), 0),
        range(1, ${STEPS.length + 1})))) AS reached,
      reached.1 AS step, reached.3 > 0 OR reached.4 = ${STEPS.length} AS went_on, NOT went_on AND is_final = 0 AS is_open,
      reached.3 > 0 AS has_next, toUInt64(greatest(reached.3 - reached.2, 0)) AS ms
    FROM (
      SELECT e.profile_id AS profile_id, minIf(e.at, e.type = 'profile.created') AS created,
        argMaxIf(e.queue, e.seq, e.queue != '') AS queue, argMax(e.language, e.seq) AS language,
        argMax(e.av_session_id, e.seq) AS av_session_id, max(e.type = 'profile.finished') AS is_final,
        [${FIRST_TIMES}] AS times
      FROM (${profileEvents(
        STEP_TYPES,
        `${ABOUT_PROFILE}, profile_status AS status,
          if(type IN ('maker.decided', 'checker.decided'), ${detail('decision')}, '') AS decision`,
        { after: FOLLOWED },
      )}) AS e GROUP BY e.profile_id HAVING countIf(e.type = 'profile.created') > 0
    )`,
};

/** Times in line that ended; `by_callback`: he had asked to be called, so he did not stay. */
export const WAITS: Source = {
  name: 'waits',
  columns: ['queue', 'language', 'why', 'attempt'],
  rows: `SELECT *, (profile_id, ticket) IN (${deskEvents(
    ['callback.asked'],
    "profile_id, JSONExtractUInt(details, 'ticket')",
    { before: 1 },
  )}) AS by_callback FROM (${profileEvents(
    ['queue.left'],
    `${ABOUT_PROFILE}, ${detailsAs('why String, ticket UInt64')} AS d, d.why AS why, d.ticket AS ticket`,
  )})`,
};

/** Callbacks: asked for, made, and whether he came after that or before it; `before` is the desk's last word. */
export const CALLBACKS: Source = {
  name: 'callbacks',
  columns: ['queue'],
  rows: `SELECT *, lagInFrame(type) OVER (PARTITION BY profile_id ORDER BY seq
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before
    FROM (${deskEvents(
      ['callback.asked', 'callback.called', 'customer.back', 'customer.away'],
      `occurred_at AS at, profile_id, seq, av_session_id, duration_ms AS ms, event_type AS type, queue_id AS queue`,
      { before: 1 },
    )})`,
};

/** Slots that were booked, and what came of them; `before` is what his case said about it last. */
export const SLOTS: Source = {
  name: 'slots',
  columns: ['queue', 'language'],
  rows: `SELECT *, lagInFrame(type) OVER (PARTITION BY profile_id ORDER BY seq
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS before
    FROM (${profileEvents(['slot.booked', 'slot.missed', 'queue.entered'], ABOUT_PROFILE, { before: 31 })})`,
};

/** Calls that broke off, and when the case went on: within a day or not. */
export const DROPS: Source = {
  name: 'drops',
  columns: PROFILE_COLUMNS,
  rows: `SELECT *, next_call > at AND next_call <= at + toIntervalDay(1) AS resumed,
      next_decision > at AND next_decision <= at + toIntervalDay(1) AS decided
    FROM (
      SELECT *, minIf(at, type = 'av.started') OVER later AS next_call,
        minIf(at, type = 'maker.decided' AND decision IN ('APPROVED', 'REJECTED')) OVER later AS next_decision
      FROM (${profileEvents(
        ['av.ended', 'av.started', 'maker.decided'],
        `${ABOUT_PROFILE}, ${detailsAs('why String, decision String')} AS d, d.why AS why, d.decision AS decision`,
        { after: 1 },
      )})
      WINDOW later AS (PARTITION BY profile_id ORDER BY seq ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
    ) WHERE type = 'av.ended' AND why = 'DROPPED'`,
};

/** What went wrong with joining and staying in a call. */
export const CONNECTIONS: Source = {
  name: 'connections',
  columns: [...PROFILE_COLUMNS, 'side'],
  rows: profileEvents(
    ['av.join-failed', 'av.left'],
    `${ABOUT_PROFILE}, ${detailsAs('who String, cause String')} AS d, d.who AS side, d.cause AS left_by`,
  ),
};

/** AV sessions in which both had been, as they stand now: a recording comes after its call. */
export const RECORDINGS: Source = {
  name: 'recordings',
  columns: ['queue', 'language', 'agent', 'attempt'],
  rows: `SELECT assumeNotNull(ended_at) AS at, profile_id, attempt AS seq, av_session_id, 0 AS ms, queue_id AS queue, language,
      agent_id AS agent, toString(attempt) AS attempt, recording, length(recording_doubts) > 0 AS doubted
    FROM av_sessions FINAL
    WHERE ouid = {ouid:String} AND started_at IS NOT NULL AND recording != ''
      AND ended_at >= {from:DateTime64(3, 'UTC')} AND ended_at < {to:DateTime64(3, 'UTC')} AND ${KEPT_PROFILES}`,
};

/** What the clients of a call saw of the network, by their own clocks. */
export const SAMPLES: Source = {
  name: 'samples',
  columns: ['side', 'queue', 'language', 'agent'],
  rows: `SELECT q.at AS at, q.profile_id AS profile_id, cityHash64(q.av_session_id, q.who, q.kind, q.code) AS seq, q.av_session_id AS av_session_id,
      0 AS ms, q.who AS side, q.kind AS kind, q.score AS score, q.round_trip_ms AS round_trip_ms,
      q.jitter_ms AS jitter_ms, q.packet_loss_percent AS packet_loss, s.queue_id AS queue, s.language AS language,
      s.agent_id AS agent
    FROM (SELECT * FROM call_quality FINAL WHERE ouid = {ouid:String} AND at >= {from:DateTime64(3, 'UTC')}
      AND at < {to:DateTime64(3, 'UTC')} AND ${KEPT_PROFILES}) AS q
    LEFT JOIN (SELECT av_session_id, queue_id, language, agent_id FROM av_sessions FINAL
      WHERE ouid = {ouid:String} AND av_session_id IN (SELECT av_session_id FROM call_quality
        WHERE ouid = {ouid:String} AND at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')})) AS s
    ON q.av_session_id = s.av_session_id`,
};
