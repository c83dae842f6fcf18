import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { authenticate } from './auth';
import { readBody } from './body';
import { type Database } from './database';
import { toException } from './errors';
import { sendAnswer, sendException } from './response';
import { readStatement } from './statement';

export interface HandlerOptions {
  readonly database: Database;
  readonly password?: string | undefined;
  readonly report: (line: string) => void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request as long as this is refused: it lies in memory while it is inserted. */
const LONGEST_BODY = 256 * 1024 * 1024;
/** As a real server (`http_max_uri_size`): parameters travel in the URL. */
const LONGEST_URL = 1024 * 1024;
/**
 * The official client lets go of an idle socket after 2.5 s, by a timer of its own. A real server
 * waits 10 s; on a busy machine that was seen to be too short: the client was late and sent its
 * next query into a socket just closed ("socket hang up").
 */
const KEEP_ALIVE_MS = 65_000;

/** The server, not yet listening. */
export function createHttpServer(handle: (...of: Parameters<Handler>) => void): Server {
  const server = createServer(
    {
      maxHeaderSize: LONGEST_URL,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // An insert takes as long as its stream of rows.
      requestTimeout: 0,
    },
    (request, response) => {
      // The last answers of a server that stops must not invite another request.
      if (!server.listening) response.setHeader('Connection', 'close');
      handle(request, response);
    },
  );
  return server;
}

/** ClickHouse's HTTP interface over one database; the handler settles when all is sent. */
export function createHandler(options: HandlerOptions): Handler {
  return (request, response) => serve(options, request, response);
}

async function serve(
  options: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { about } = options.database;
  try {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const queryId = url.searchParams.get('query_id') ?? randomUUID();
    response.setHeader('X-ClickHouse-Server-Display-Name', 'embedded');
    response.setHeader('X-ClickHouse-Query-Id', encodeURIComponent(queryId));
    response.setHeader('X-ClickHouse-Timezone', about.timezone);
    if (url.pathname === '/ping') {
      response.end('Ok.\n');
      return;
    }
    await answer(options, request, response, url);
  } catch (error) {
    // A client that went away needs no answer, and its going is no failure of ours.
    if (response.destroyed) return;
    const exception = toException(error);
    if (exception.code === 1001) options.report(exception.message);
    // Half an answer is ended as one that broke off; there is no way to take it back.
    if (response.headersSent) response.destroy();
    else sendException(response, exception, about.version);
  }
}

async function answer(
  { database, password }: HandlerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  authenticate(request, url, password);
  const statement = readStatement(request, url, await readBody(request, LONGEST_BODY));
  const result = await database.run(statement);
  try {
    await sendAnswer(request, response, result, statement.compress);
  } finally {
    result.payload.discard();
  }
}
