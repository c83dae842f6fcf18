import { InvalidCursorError, decodeCursor, encodeCursor } from '../cursor';
import type { Column } from './dimensions';
import type { Figure, Measured } from './figure';
import { type Scope, within } from './scope';

/** One of what a figure counts: a call, a decision, a wait …, or a case where the figure counts cases. */
export interface Entry {
  /** When it counts as having happened, ISO 8601. */
  readonly at: string;
  /** '' for what is about no case, such as a break. */
  readonly profileId: string;
  readonly extReferenceId: string;
  readonly status: string;
  readonly avSessionId: string;
  /** How long it took, ms; 0 where it took no time. */
  readonly ms: number;
  /** What the figure measures of it, in the figure's unit; 1 where it counts. */
  readonly value: number;
  /** What the figure can be grouped by, but day and hour. */
  readonly group: Readonly<Partial<Record<Column, string>>>;
}

/** Where a page ended. What has been listed keeps its place, whatever is recorded meanwhile. */
export interface Place {
  readonly atMs: number;
  readonly profileId: string;
  /** Tells apart what happened to one case at one moment; 64 bits. */
  readonly seq: string;
}

/**
 * The rows behind a figure, newest first, by the very condition it is counted by; of a figure that counts
 * cases, each case's first. A share opens to what it is the share of.
 */
export function drillDownStatement(
  figure: Figure,
  scope: Pick<Scope, 'filters'>,
  after: boolean,
): string {
  const { source, where, value, cases } = behind(figure);
  const columns = ['at', 'profile_id', 'seq', 'av_session_id', 'ms', ...source.columns].join(', ');
  const rows = `SELECT ${columns}, ${value} AS measured FROM (${source.rows}) WHERE ${within(scope)} AND (${where})`;
  const each = cases ? `${rows} ORDER BY at, seq LIMIT 1 BY profile_id` : rows;
  return `SELECT r.at AS at, r.profile_id AS profileId, p.ext_reference_id AS extReferenceId,
      p.profile_status AS status, r.av_session_id AS avSessionId, toFloat64(r.ms) AS ms,
      toFloat64(r.measured) AS value,
      ${source.columns.map((column) => `toString(r.${column}) AS ${column}`).join(', ')},
      toString(r.seq) AS place
    FROM (SELECT * FROM (${each}) ${after ? AFTER : ''}
      ORDER BY at DESC, profile_id, seq LIMIT {rows:UInt32}) AS r
    LEFT JOIN (SELECT profile_id, ext_reference_id, profile_status FROM profiles FINAL
      WHERE ouid = {ouid:String}) AS p ON r.profile_id = p.profile_id
    ORDER BY at DESC, profileId, r.seq`;
}

const AFTER = `WHERE at < fromUnixTimestamp64Milli({atMs:Int64}, 'UTC')
  OR (at = fromUnixTimestamp64Milli({atMs:Int64}, 'UTC')
    AND (profile_id, toUInt64(seq)) > ({profileId:String}, {seq:UInt64}))`;

/** @throws Error for a share whose parts are of several sources: nothing could list them together */
export function behind(figure: Figure): {
  readonly source: Measured['source'];
  readonly where: string;
  /** By the first part that counts the row: one belongs to several only where all measure the same. */
  readonly value: string;
  readonly cases: boolean;
} {
  const parts = 'share' in figure ? figure.share.of : [figure];
  const [first] = parts;
  if (!first || parts.some(({ source }) => source !== first.source)) {
    throw new Error(`${figure.name} is a share of several sources`);
  }
  return {
    source: first.source,
    where: parts.map(({ value }) => `(${value.where})`).join(' OR '),
    value: `multiIf(${parts.map(({ value }) => `${value.where}, ${measuredBy(value)}`).join(', ')}, 0)`,
    cases: parts.every(({ value }) => value.kind === 'PROFILES'),
  };
}

function measuredBy(value: Measured['value']): string {
  return 'of' in value ? `assumeNotNull(toFloat64(${value.of}))` : '1.';
}

export function encodePlace({ atMs, profileId, seq }: Place): string {
  return encodeCursor({ createdAtMs: atMs, profileId: `${profileId} ${seq}` });
}

/** @throws InvalidCursorError for anything `encodePlace` did not make. */
export function decodePlace(cursor: string): Place {
  const { createdAtMs: atMs, profileId: place } = decodeCursor(cursor);
  const [, profileId, seq] = /^(\S*) (\d{1,20})$/.exec(place) ?? [];
  if (profileId === undefined || seq === undefined) throw new InvalidCursorError();
  return { atMs, profileId, seq };
}
