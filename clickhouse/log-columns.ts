import { eventIdOf, wellFormed } from '../src/ids';
import type { LogRow } from '../src/domain/log-row';

/**
 * `expires_at` of a row that has no end of its own. Not later: ClickHouse's DateTime ends
 * in 2106 and wraps, and a wrapped TTL deletes live rows (measured: toDateTime of 2150 is 2013).
 */
export const NEVER = '2100-01-01 00:00:00.000';

type Kind = 'id' | 'text' | 'number' | 'count' | 'time' | 'timeOrNull' | 'expiry' | 'json';

/** Every field of a log row, its column and how its value is written. */
const COLUMNS = {
  ouid: ['ouid', 'id'],
  stream: ['stream', 'id'],
  streamId: ['stream_id', 'id'],
  seq: ['seq', 'number'],
  eventType: ['event_type', 'id'],
  occurredAt: ['occurred_at', 'time'],
  profileId: ['profile_id', 'text'],
  extReferenceId: ['ext_reference_id', 'text'],
  captureSessionId: ['capture_session_id', 'text'],
  avSessionId: ['av_session_id', 'text'],
  agentId: ['agent_id', 'text'],
  reviewerId: ['reviewer_id', 'text'],
  taskId: ['task_id', 'text'],
  documentId: ['document_id', 'text'],
  queueId: ['queue_id', 'text'],
  queueName: ['queue_name', 'text'],
  profileStatus: ['profile_status', 'text'],
  reason: ['reason', 'text'],
  reasonClass: ['reason_class', 'text'],
  party: ['party', 'text'],
  actorType: ['actor_type', 'text'],
  actorId: ['actor_id', 'text'],
  language: ['language', 'text'],
  attempt: ['attempt', 'count'],
  createdAt: ['created_at', 'timeOrNull'],
  statusSince: ['status_since', 'timeOrNull'],
  durationMs: ['duration_ms', 'count'],
  details: ['details', 'json'],
  expiresAt: ['expires_at', 'expiry'],
} as const satisfies Record<keyof LogRow, readonly [string, Kind]>;

const FIELDS = Object.entries(COLUMNS) as [keyof LogRow, readonly [string, Kind]][];

/** One row as it is inserted: column → value. */
export type Columns = Readonly<Record<string, string | number | null>>;

/**
 * The columns a writer names in its inserts. Naming them makes a writer that is ahead of the schema
 * fail (code 16, retried until the migration ran), where ClickHouse would drop its fields silently.
 */
export const COLUMN_NAMES: readonly string[] = [...FIELDS.map(([, [name]]) => name), 'event_id'];

/** What `SELECT` must name to get a whole log row back. */
export const LOG_ROW_COLUMNS = [...COLUMN_NAMES, 'recorded_at'].join(', ');

/** A value that the log cannot store. Names the field, never the value. */
export class PoisonValue extends Error {
  constructor(readonly field: string) {
    super(`the log cannot store this value of ${field}`);
    this.name = 'PoisonValue';
  }
}

/**
 * A log row as its columns.
 *
 * @throws PoisonValue when the row cannot be stored; it belongs into quarantine.
 */
export function toColumns(row: LogRow): Columns {
  const columns: Record<string, string | number | null> = {};
  for (const [field, [name, kind]] of FIELDS) columns[name] = encode(kind, row[field], field);
  columns['event_id'] = eventIdOf(row.stream, row.ouid, row.streamId, row.seq);
  return columns;
}

// Rows come out of workflow histories, so an older workflow's rows may lack newer fields: those
// that say nothing by being empty may be missing.
function encode(kind: Kind, value: unknown, field: string): string | number | null {
  switch (kind) {
    case 'id':
      if (typeof value !== 'string' || value === '') throw new PoisonValue(field);
      return wellFormed(value);
    case 'text':
      if (typeof value !== 'string' && value !== undefined) throw new PoisonValue(field);
      return wellFormed(value ?? '');
    case 'number':
      if (!Number.isSafeInteger(value) || Number(value) < 0) throw new PoisonValue(field);
      return Number(value);
    case 'count':
      return clampCount(value);
    case 'time':
      return time(value, field);
    case 'timeOrNull':
      return value === '' || value === undefined ? null : time(value, field);
    case 'expiry': {
      if (value === '' || value === undefined) return NEVER;
      const at = time(value, field);
      return at < NEVER ? at : NEVER;
    }
    case 'json':
      return json(value ?? {});
  }
}

/** JSON writes a lone surrogate as its escape; only then is each text looked at. */
const ESCAPED_SURROGATE = /\\ud[89a-f]/;

function json(value: unknown): string {
  const text = JSON.stringify(value);
  if (!ESCAPED_SURROGATE.test(text)) return text;
  return JSON.stringify(value, (_key, v: unknown) => (typeof v === 'string' ? wellFormed(v) : v));
}

/** A clock that was set back must not cost a row: what would be negative is 0. */
function clampCount(value: unknown): number {
  const count = typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : 0;
  return Math.min(Math.max(count, 0), Number.MAX_SAFE_INTEGER);
}

/** `2026-01-02 03:04:05.678`, which a DateTime64(3, 'UTC') column takes under any setting. */
function time(value: unknown, field: string): string {
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  // DateTime64 holds 1900 to 2299; before 1970 nothing of ours can have happened.
  if (!(at >= 0 && at < Date.UTC(2299, 0))) throw new PoisonValue(field);
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '');
}

/** A log row read back, with what the writer and the server added. */
export interface LoggedRow extends LogRow {
  readonly eventId: string;
  /** When the row went in, ISO 8601. */
  readonly recordedAt: string;
}

/** The row that `SELECT ${LOG_ROW_COLUMNS}` gave (times in ISO 8601, 64-bit numbers quoted). */
export function fromColumns(record: Readonly<Record<string, unknown>>): LoggedRow {
  const row: Record<string, unknown> = {
    eventId: record['event_id'],
    recordedAt: record['recorded_at'],
  };
  for (const [field, [name, kind]] of FIELDS) row[field] = decode(kind, record[name]);
  // COLUMNS names every field of LogRow, and the table's types are those of the fields.
  return row as unknown as LoggedRow;
}

function decode(kind: Kind, value: unknown): unknown {
  if (kind === 'number' || kind === 'count') return Number(value);
  if (kind === 'timeOrNull') return value ?? '';
  if (kind === 'expiry') return expiryOf(String(value));
  return kind === 'json' ? (JSON.parse(String(value)) as unknown) : value;
}

/** `expires_at` as the log row has it: '' for none of its own. */
function expiryOf(column: string): string {
  return Date.parse(column) < Date.parse(`${NEVER.replace(' ', 'T')}Z`) ? column : '';
}
