import { type IncomingMessage } from 'node:http';
import { ClickHouseException } from './errors';
import { boundaryOf, parseMultipart } from './multipart';
import { takesRows } from './sql';

/** One request of the HTTP interface, read but not yet judged by the engine. */
export interface Statement {
  readonly sql: string;
  /** The bytes that follow an insert; undefined when the statement stands alone. */
  readonly rows: Buffer | undefined;
  readonly database: string | undefined;
  readonly queryId: string | undefined;
  /** For a statement that names none itself. */
  readonly defaultFormat: string;
  readonly settings: ReadonlyMap<string, string>;
  /** Values as sent: escaped as in TSV, which is how the engine reads parameters. */
  readonly parameters: ReadonlyMap<string, string>;
  /** GET may only read, as on a real server. */
  readonly readOnly: boolean;
  /** Whether the answer may be compressed. */
  readonly compress: boolean;
}

/** Words of the HTTP interface that are no settings (`HTTPHandler.cpp`, reserved names). */
const NO_SETTINGS = new Set([
  ...['query', 'query_id', 'database', 'default_format', 'user', 'password', 'quota_key'],
  ...['compress', 'decompress', 'buffer_size', 'wait_end_of_query', 'stacktrace'],
  ...['client_protocol_version', 'session_timeout', 'session_check', 'close_session'],
  // Settings of the HTTP layer alone: meaningless to the engine, and every client sends the first.
  ...['enable_http_compression', 'http_zlib_compression_level', 'send_progress_in_http_headers'],
  ...['http_headers_progress_interval_ms', 'http_response_buffer_size'],
  ...['cancel_http_readonly_queries_on_client_close'],
]);

/** What the embedded server cannot do says so: silence would be a different behaviour. */
const REFUSED = ['session_id', 'role'];
const PARAMETER = 'param_';

export function readStatement(request: IncomingMessage, url: URL, body: Buffer): Statement {
  const boundary = boundaryOf(request.headers['content-type']);
  const form = boundary === undefined ? undefined : parseMultipart(body.toString(), boundary);
  const fields = [...url.searchParams, ...(form ?? [])];
  const refused = fields.find(([name]) => REFUSED.includes(name));
  if (refused !== undefined) {
    const message = `The embedded server has no ${refused[0]}.`;
    throw new ClickHouseException(48, 'NOT_IMPLEMENTED', message);
  }
  const query = fields
    .filter(([name]) => name === 'query')
    .map(([, value]) => value)
    .join('');
  return {
    ...sqlAndRows(query, form === undefined ? body : Buffer.alloc(0)),
    database: url.searchParams.get('database') ?? header(request, 'x-clickhouse-database'),
    queryId: url.searchParams.get('query_id') ?? undefined,
    defaultFormat:
      url.searchParams.get('default_format') ??
      header(request, 'x-clickhouse-format') ??
      'TabSeparated',
    settings: new Map(
      fields.filter(([name]) => !NO_SETTINGS.has(name) && !name.startsWith(PARAMETER)),
    ),
    parameters: new Map(fields.filter(([name]) => name.startsWith(PARAMETER))),
    readOnly: request.method === 'GET',
    compress: url.searchParams.get('enable_http_compression') === '1',
  };
}

/** A real server reads the query and then the body as one text; rows stay bytes here. */
function sqlAndRows(query: string, body: Buffer): Pick<Statement, 'sql' | 'rows'> {
  if (query === '') return { sql: body.toString(), rows: undefined };
  if (takesRows(query)) return { sql: query, rows: body };
  return { sql: body.length === 0 ? query : `${query}\n${body.toString()}`, rows: undefined };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
