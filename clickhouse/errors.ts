import { ClickHouseError } from '@clickhouse/client';

/**
 * The log does not answer, or cannot take rows now. Trying again is right, and harmless. The
 * message holds a code, never a value.
 */
export class LogUnavailableError extends Error {
  constructor(readonly code: string) {
    super(`the log is unavailable: ${code}`);
    this.name = 'LogUnavailableError';
  }
}

/**
 * What an error says about an insert: `data`: a row in it can never go in; `unavailable`: no row
 * can go in now; `unknown`: ClickHouse answered something that is on neither list.
 */
export type FailureKind = 'data' | 'unavailable' | 'unknown';

/** Codes of ClickHouse's ErrorCodes.cpp that one row's content can cause. */
const DATA_CODES: ReadonlySet<string> = new Set(
  [
    6, // CANNOT_PARSE_TEXT
    25, // CANNOT_PARSE_ESCAPE_SEQUENCE (a lone surrogate)
    26, // CANNOT_PARSE_QUOTED_STRING
    27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
    38, // CANNOT_PARSE_DATE
    41, // CANNOT_PARSE_DATETIME
    53, // TYPE_MISMATCH
    69, // ARGUMENT_OUT_OF_BOUND
    70, // CANNOT_CONVERT_TYPE
    72, // CANNOT_PARSE_NUMBER
    117, // INCORRECT_DATA
    131, // TOO_LARGE_STRING_SIZE
    321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
    349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
    376, // CANNOT_PARSE_UUID
    469, // VIOLATED_CONSTRAINT
    691, // UNKNOWN_ELEMENT_OF_ENUM
  ].map(String),
);

/** Codes of a server, a schema or a grant that is not ready: no row of ours is the cause. */
const UNAVAILABLE_CODES: ReadonlySet<string> = new Set(
  [
    16, // NO_SUCH_COLUMN_IN_TABLE: the writer is ahead of the migrations
    60, // UNKNOWN_TABLE
    81, // UNKNOWN_DATABASE
    115, // UNKNOWN_SETTING: an older server than we are made for
    159, // TIMEOUT_EXCEEDED
    160, // TOO_SLOW
    164, // READONLY
    192, // UNKNOWN_USER
    193, // WRONG_PASSWORD
    201, // QUOTA_EXCEEDED
    202, // TOO_MANY_SIMULTANEOUS_QUERIES
    209, // SOCKET_TIMEOUT
    210, // NETWORK_ERROR
    225, // NO_ZOOKEEPER
    241, // MEMORY_LIMIT_EXCEEDED
    242, // TABLE_IS_READ_ONLY
    243, // NOT_ENOUGH_SPACE
    252, // TOO_MANY_PARTS
    285, // TOO_FEW_LIVE_REPLICAS
    319, // UNKNOWN_STATUS_OF_INSERT
    394, // QUERY_WAS_CANCELLED
    497, // ACCESS_DENIED
    516, // AUTHENTICATION_FAILED
    999, // KEEPER_EXCEPTION
  ].map(String),
);

export function failureKind(error: unknown): FailureKind {
  // Not an answer of ClickHouse: a socket, a timeout of the client, a proxy's page.
  if (!(error instanceof ClickHouseError)) return 'unavailable';
  if (DATA_CODES.has(error.code)) return 'data';
  return UNAVAILABLE_CODES.has(error.code) ? 'unavailable' : 'unknown';
}

/** What may be said about an error: its code and type. Messages of ClickHouse quote values. */
export function codeOf(error: unknown): string {
  if (error instanceof ClickHouseError) return `${error.code} ${error.type ?? ''}`.trim();
  if (error instanceof Error) {
    return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  }
  return 'UNKNOWN';
}

const COLUMN = /while reading the value of key (\w+)/;

/** The column ClickHouse could not read, where it says so; else ''. */
export function columnOf(error: unknown): string {
  return error instanceof Error ? (COLUMN.exec(error.message)?.[1] ?? '') : '';
}
