import type { DeskEvents, ProfileEvents } from '../../src/domain/events';
import { KEPT_DESK, KEPT_PROFILES } from '../kept';
import type { Column } from './dimensions';

/**
 * What figures are counted from: one row for each call, decision, wait … with `at`, `profile_id`,
 * `seq`, `av_session_id`, `ms` (how long it took) and its own columns.
 */
export interface Source {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: string;
}

interface Reach {
  /** Days before and after the range in which what belongs to a row of it may lie. */
  readonly before?: number;
  readonly after?: number;
}

/**
 * Events of one organization as their log rows, each once. FINAL takes what was written twice for one;
 * the types may be asked for before that, because rows of one key are alike but for their expiry.
 */
export function profileEvents(
  types: readonly (keyof ProfileEvents)[],
  select: string,
  reach: Reach = {},
): string {
  return events('profile', types, select, reach);
}

export function deskEvents(
  types: readonly (keyof DeskEvents)[],
  select: string,
  reach: Reach = {},
): string {
  return events('desk', types, select, reach);
}

function events(
  stream: 'profile' | 'desk',
  types: readonly string[],
  select: string,
  { before = 0, after = 0 }: Reach,
): string {
  const list = types.map((type) => `'${type}'`).join(', ');
  return `SELECT ${select} FROM activity_log FINAL
    PREWHERE event_type IN (${list})
    WHERE ouid = {ouid:String} AND stream = '${stream}'
      AND occurred_at >= {from:DateTime64(3, 'UTC')} - toIntervalDay(${before})
      AND occurred_at < {to:DateTime64(3, 'UTC')} + toIntervalDay(${after})
      AND ${stream === 'desk' ? KEPT_DESK : KEPT_PROFILES}`;
}

/** What most events of a profile's stream tell, by the names of the dimensions. */
export const ABOUT_PROFILE = `occurred_at AS at, profile_id, seq, av_session_id, duration_ms AS ms,
  event_type AS type, queue_id AS queue, language, agent_id AS agent, reviewer_id AS reviewer, reason,
  reason_class AS class, party, toString(attempt) AS attempt`;

export const PROFILE_COLUMNS = [
  'queue',
  'language',
  'agent',
  'reviewer',
  'reason',
  'class',
  'party',
  'attempt',
] as const satisfies readonly Column[];

/** A word of an event's details. */
export function detail(...path: readonly string[]): string {
  return `JSONExtractString(details, ${path.map((key) => `'${key}'`).join(', ')})`;
}

/**
 * Several words of an event's details, read at once: taking JSON apart is what most answers spend their
 * time on. What is not there is empty.
 */
export function detailsAs(words: string): string {
  return `JSONExtract(details, 'Tuple(${words})')`;
}

/** Of the events `e` of one AV session: what its agent decided first. */
export const FIRST_DECISION = `argMinIf(e.decision, e.seq, e.type = 'maker.decided') AS decision,
      argMinIf(e.reason, e.seq, e.type = 'maker.decided') AS reason,
      argMinIf(e.class, e.seq, e.type = 'maker.decided') AS class,
      argMinIf(e.party, e.seq, e.type = 'maker.decided') AS party`;
