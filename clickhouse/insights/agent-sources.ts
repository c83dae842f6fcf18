import type { DeskEvents } from '../../src/domain/events';
import {
  deskEvents,
  detail,
  FIRST_DECISION,
  PROFILE_COLUMNS,
  ABOUT_PROFILE,
  profileEvents,
  type Source,
} from './source';

const ABOUT_AGENT = `occurred_at AS at, profile_id, seq, av_session_id, duration_ms AS ms,
  event_type AS type, agent_id AS agent,
  if(type = 'agent.paused', ${detail('agent', 'pauseReason')}, '') AS reason`;

/** What the desk tells of an agent: offers, breaks, wrap-ups that ended. */
export const DESK: Source = {
  name: 'desk',
  columns: ['agent', 'reason'],
  rows: deskEvents(
    [
      'offer.made',
      'offer.accepted',
      'offer.declined',
      'offer.missed',
      'agent.paused',
      'agent.away',
      'agent.ready',
    ],
    ABOUT_AGENT,
  ),
};

/** Nobody works longer than a day without a change at the desk. */
const SHIFT_DAYS = 1;
/** Every zone's days and hours begin at a quarter of an hour of UTC. */
const QUARTER_MS = 900_000;

/** What an agent is in after each of his events; after the last two kinds only their details tell. */
const STATES = {
  'agent.online': 'FREE',
  'agent.offline': 'OFFLINE',
  'agent.away': 'AWAY',
  'agent.paused': 'PAUSED',
  'agent.resumed': 'FREE',
  'agent.lost': 'LOST',
  'agent.ready': 'FREE',
  'offer.made': 'OFFERED',
  'offer.confirmed': 'BUSY',
  'offer.declined': 'FREE',
  'offer.undelivered': 'FREE',
  'offer.missed': 'FREE',
  'offer.withdrawn': 'FREE',
  'agent.freed': '',
  'agent.reconnected': '',
} as const satisfies Partial<Record<keyof DeskEvents, string>>;
const STATE_TYPES = Object.keys(STATES) as (keyof typeof STATES)[];
const list = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ');
const KNOWN_STATE = `transform(toString(type), [${list(STATE_TYPES)}], [${list(Object.values(STATES))}], '')`;

/**
 * What an agent was in between two events of his, cut at quarters of an hour, so that each piece is of
 * one hour and one day of the clock. Who cannot be reached is not available; a state that goes on lasts
 * until now, and no state longer than a shift: whoever asks about a later day does not see it either.
 */
export const SHIFTS: Source = {
  name: 'shifts',
  columns: ['agent', 'reason'],
  rows: `SELECT agent, reason, state, profile_id, seq, '' AS av_session_id,
      arrayJoin(range(intDiv(begins, ${QUARTER_MS}), intDiv(ends - 1, ${QUARTER_MS}) + 1)) AS quarter,
      fromUnixTimestamp64Milli(greatest(begins, quarter * ${QUARTER_MS}), 'UTC') AS at,
      least(ends, (quarter + 1) * ${QUARTER_MS}) - greatest(begins, quarter * ${QUARTER_MS}) AS ms
    FROM (
      SELECT agent, reason, state, profile_id, seq,
        toUnixTimestamp64Milli(greatest(at, {from:DateTime64(3, 'UTC')})) AS begins,
        toUnixTimestamp64Milli(least(leadInFrame(at, 1, {to:DateTime64(3, 'UTC')}) OVER (PARTITION BY agent
          ORDER BY seq ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING),
          at + toIntervalDay(${SHIFT_DAYS}), now64(3, 'UTC'))) AS ends
      FROM (${deskEvents(
        STATE_TYPES,
        `${ABOUT_AGENT}, ${KNOWN_STATE} AS known,
          if(known = '', ${detail('agent', 'state')}, known) AS state`,
        { before: SHIFT_DAYS },
      )})
    ) WHERE ends > begins`,
};

/** From an AV session's opening to its agent's decision. */
const CALL_DAYS = 1;

/** Calls that were decided, and how many of their tasks had no verdict when they were first. */
export const SCRIPTS: Source = {
  name: 'scripts',
  columns: PROFILE_COLUMNS,
  rows: `SELECT minIf(e.at, e.type = 'maker.decided') AS at, e.profile_id AS profile_id,
      e.av_session_id AS av_session_id, minIf(e.seq, e.type = 'maker.decided') AS seq, 0 AS ms,
      any(e.queue) AS queue, any(e.language) AS language, any(e.agent) AS agent, any(e.reviewer) AS reviewer,
      any(e.attempt) AS attempt,
      ${FIRST_DECISION},
      countIf(e.type = 'task.created') - length(groupUniqArrayIf(e.task_id, e.type = 'task.verdict-set')) AS skipped
    FROM (${profileEvents(
      ['task.created', 'task.verdict-set', 'maker.decided'],
      `${ABOUT_PROFILE}, task_id, if(type = 'maker.decided', ${detail('decision')}, '') AS decision`,
      { before: CALL_DAYS },
    )}) AS e GROUP BY e.profile_id, e.av_session_id HAVING countIf(e.type = 'maker.decided') > 0`,
};
