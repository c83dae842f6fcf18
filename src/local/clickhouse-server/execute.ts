import { ClickHouseException, toException } from './errors';
import {
  type Classification,
  type EngineConnection,
  MUTATING,
  type NativeEngine,
  READ_ONLY,
} from './engine';
import { type Lanes } from './lanes';
import { preludeOf } from './prelude';
import { intoFile, payloadOf, type Payload, type ResultFolder } from './results';
import { firstWord, splitFormat } from './sql';
import { type Statement } from './statement';

/** Numbers for `X-ClickHouse-Summary`. */
export interface Metrics {
  readonly readRows?: number;
  readonly readBytes?: number;
  readonly writtenRows?: number;
  readonly writtenBytes?: number;
  /** Seconds. */
  readonly elapsed: number;
}

export interface Answer {
  readonly payload: Payload;
  readonly format: string;
  readonly metrics: Metrics;
}

export interface Surroundings {
  readonly native: NativeEngine;
  readonly lanes: Lanes;
  readonly results: ResultFolder;
}

const SYNTAX_ERROR = 62;
const NO_DATA_TO_INSERT = 108;
/** Formats in which a blank line is no row. */
const BLANK_IS_NOTHING = /^JSON\w*EachRow$/i;

/** Runs one statement in a session of its own. */
export async function execute(
  { native, lanes, results }: Surroundings,
  session: EngineConnection,
  statement: Statement,
): Promise<Answer> {
  const kind = await native.DurableClassifyAsync(session, statement.sql, 'default');
  refuse(statement, kind);
  const format = splitFormat(statement.sql).format ?? checkedFormat(statement.defaultFormat);
  const lane = kind.queryClass === MUTATING ? lanes.write : lanes.read;
  return lane.run(async () => {
    for (const text of preludeOf(statement)) await query(native, session, text, format);
    if (statement.rows !== undefined) {
      return { format, ...(await insert(native, session, statement.sql, statement.rows)) };
    }
    if (kind.queryClass === READ_ONLY && /^(SELECT|WITH)$/.test(firstWord(statement.sql))) {
      return { format, ...(await select(native, results, session, statement, format)) };
    }
    return { format, ...(await query(native, session, statement.sql, format)) };
  });
}

type Outcome = Pick<Answer, 'payload' | 'metrics'>;

async function query(
  native: NativeEngine,
  session: EngineConnection,
  sql: string,
  format: string,
): Promise<Outcome> {
  const { bytes, rowsRead, bytesRead, elapsed } = await native.QueryAsyncConnection(
    session,
    sql,
    format,
  );
  return {
    payload: payloadOf(bytes),
    metrics: { readRows: rowsRead, readBytes: bytesRead, elapsed },
  };
}

async function select(
  native: NativeEngine,
  results: ResultFolder,
  session: EngineConnection,
  { sql }: Statement,
  format: string,
): Promise<Outcome> {
  const file = results.newFile();
  try {
    const inline = await query(native, session, intoFile(sql, format, file), format);
    return { ...inline, payload: results.take(file) ?? inline.payload };
  } catch (error) {
    results.remove(file);
    if (toException(error).code !== SYNTAX_ERROR) throw error;
    // Either the caller's error, to be told in his own words, or a text whose end was misread.
    return query(native, session, sql, format);
  }
}

async function insert(
  native: NativeEngine,
  session: EngineConnection,
  sql: string,
  rows: Buffer,
): Promise<Outcome> {
  const empty = rows.length === 0;
  // With a blank line the engine looks at the table at least; without, it refuses the insert.
  const blank = empty && BLANK_IS_NOTHING.test(splitFormat(sql).format ?? '');
  try {
    const done = await native.InsertRawAsyncConnection(
      session,
      sql,
      blank ? Buffer.from('\n') : rows,
      false,
    );
    return {
      payload: payloadOf(Buffer.alloc(0)),
      metrics: {
        writtenRows: done.rowsWritten,
        writtenBytes: done.bytesWritten,
        elapsed: done.elapsed,
      },
    };
  } catch (error) {
    // A real server takes an insert without rows: a stream that had nothing to say.
    if (!empty || toException(error).code !== NO_DATA_TO_INSERT) throw error;
    return { payload: payloadOf(Buffer.alloc(0)), metrics: { elapsed: 0 } };
  }
}

function refuse(statement: Statement, kind: Classification): void {
  if (statement.sql.trim() === '') {
    throw new ClickHouseException(SYNTAX_ERROR, 'SYNTAX_ERROR', 'Syntax error: Empty query.');
  }
  // The engine would run them one after the other; a real server takes one statement.
  if (kind.statementCount > 1) {
    const message = 'Syntax error (Multi-statements are not allowed).';
    throw new ClickHouseException(SYNTAX_ERROR, 'SYNTAX_ERROR', message);
  }
  if (statement.readOnly && kind.statementCount === 1 && kind.queryClass !== READ_ONLY) {
    const message =
      'Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. ' +
      'You should use method POST for modifying queries.';
    throw new ClickHouseException(164, 'READONLY', message);
  }
}

function checkedFormat(name: string): string {
  if (/^\w+$/.test(name)) return name;
  throw new ClickHouseException(73, 'UNKNOWN_FORMAT', `Unknown format ${name}.`);
}
