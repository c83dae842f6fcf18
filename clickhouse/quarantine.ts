import { eventIdOf, wellFormed } from '../src/ids';
import type { LogRow } from '../src/domain/log-row';
import { codeOf, columnOf } from './errors';
import { PoisonValue } from './log-columns';

/** A row that went into quarantine instead of the log. Holds ids and codes only. */
export interface QuarantinedRow {
  readonly ouid: string;
  readonly stream: string;
  readonly streamId: string;
  readonly seq: string;
  readonly eventType: string;
  readonly errorCode: string;
  /** The column or field that was refused, where it is known; else ''. */
  readonly errorColumn: string;
}

export const QUARANTINE_COLUMNS: readonly string[] = [
  'ouid',
  'stream',
  'stream_id',
  'seq',
  'profile_id',
  'event_id',
  'event_type',
  'error_code',
  'error_column',
  'row',
];

/** What is reported about a row in quarantine: never a value of it that is not an id. */
export function describe(row: LogRow, error: unknown): QuarantinedRow {
  const own = error instanceof PoisonValue;
  return {
    ouid: text(row.ouid),
    stream: text(row.stream),
    streamId: text(row.streamId),
    seq: text(row.seq),
    eventType: text(row.eventType),
    errorCode: own ? 'POISON_VALUE' : codeOf(error),
    errorColumn: own ? error.field : columnOf(error),
  };
}

/** The row of the quarantine table: text in every column, so that nothing can keep it out. */
export function quarantineColumns(row: LogRow, why: QuarantinedRow): Record<string, string> {
  return {
    ouid: why.ouid,
    stream: why.stream,
    stream_id: why.streamId,
    seq: why.seq,
    profile_id: text(row.profileId),
    event_id: eventIdOf(why.stream, why.ouid, why.streamId, row.seq),
    event_type: why.eventType,
    error_code: why.errorCode,
    error_column: why.errorColumn,
    // A lone surrogate becomes an escape sequence here, so the row is kept exactly as it came.
    row: JSON.stringify(row),
  };
}

/** Any value as text: what is refused need not have the type it should. */
function text(value: unknown): string {
  if (typeof value === 'string') return wellFormed(value);
  return value === undefined ? '' : JSON.stringify(value);
}
