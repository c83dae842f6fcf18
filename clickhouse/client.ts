import {
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClient,
  type ClickHouseSettings,
} from '@clickhouse/client';
import { TENANT_SETTING } from './operations-sql';
import { codeOf, failureKind, LogUnavailableError } from './errors';

export interface LogClientOptions {
  /** `http://host:8123`; the embedded engine and a ClickHouse server are spoken to alike. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  readonly database: string;
  /** Each read says whose rows it reads, for the server's row policy (docs/operations.md). */
  readonly rowPolicy?: boolean;
  /**
   * Until a request is given up, ms. Default 10 s: a `record` activity may wait for the insert
   * before its own, and both must fit into its startToCloseTimeout of 30 s.
   */
  readonly requestTimeout?: number;
  /** Compress both ways. Worth it across a network, a waste on loopback. Default: no. */
  readonly compress?: boolean;
}

export type LogClient = ClickHouseClient;

const REQUEST_TIMEOUT = 10_000;

/** Clients of a server with the row policy. */
const BOUND = new WeakSet<LogClient>();

/**
 * A client with everything fixed that must not depend on a server's defaults (they moved in 26.1,
 * 26.2 and 26.3).
 */
export function createLogClient(options: LogClientOptions): LogClient {
  const requestTimeout = options.requestTimeout ?? REQUEST_TIMEOUT;
  const compress = options.compress ?? false;
  const client = createClient({
    url: options.url,
    username: options.user ?? 'default',
    password: options.password ?? '',
    database: options.database,
    application: 'video-kyc',
    request_timeout: requestTimeout,
    compression: { request: compress, response: compress },
    // 2.5 s is under the 3 s after which older servers close an idle socket, which would be an
    // ECONNRESET on the next write.
    keep_alive: { enabled: true, idle_socket_ttl: 2_500, eagerly_destroy_stale_sockets: true },
    // It would print statements with their values; every error is thrown as well.
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: {
      date_time_input_format: 'best_effort',
      date_time_output_format: 'iso',
      output_format_json_quote_64bit_integers: 1,
      // The server gives up before we do, so that nothing runs on unseen.
      max_execution_time: Math.max(1, Math.floor(requestTimeout / 1_000) - 1),
    },
  });
  if (options.rowPolicy) BOUND.add(client);
  return client;
}

/** Appends rows to a table; resolves when the server has written them. */
export type InsertRows = (
  table: string,
  columns: readonly string[],
  rows: readonly object[],
) => Promise<void>;

export function insertInto(client: LogClient): InsertRows {
  return async (table, [first, ...others], rows) => {
    if (first === undefined) throw new Error('an insert names its columns');
    await client.insert({
      table,
      columns: [first, ...others],
      values: [...rows],
      format: 'JSONEachRow',
      clickhouse_settings: {
        // Default 1 since 26.3: the server would gather small inserts itself and we would wait.
        async_insert: 0,
        // Rows are idempotent by their sorting key. Deduplicating blocks as well could drop rows,
        // or leave the views' tables behind, and only knows blocks cut the same way.
        insert_deduplicate: 0,
        // Late rows of 100 months in one group are legitimate.
        throw_on_max_partitions_per_insert_block: 0,
      },
    });
  };
}

/** The rows of a `SELECT`, with its values bound as parameters, never put into the text.
 *
 * @throws LogUnavailableError when ClickHouse does not answer.
 */
export async function select<T>(
  client: LogClient,
  query: string,
  params: Readonly<Record<string, unknown>>,
): Promise<T[]> {
  try {
    const result = await client.query({
      query,
      query_params: params,
      format: 'JSONEachRow',
      clickhouse_settings: tenantSettings(client, params),
    });
    return await result.json<T>();
  } catch (error) {
    if (failureKind(error) === 'unavailable') throw new LogUnavailableError(codeOf(error));
    throw error;
  }
}

/**
 * What a read by `client` has to say of whose rows it reads, for the server's row policy: nothing where
 * there is none. Without an organization: nobody's rows.
 */
export function tenantSettings(
  client: LogClient,
  { ouid }: Readonly<Record<string, unknown>>,
): ClickHouseSettings {
  if (!BOUND.has(client)) return {};
  return { [TENANT_SETTING]: typeof ouid === 'string' ? ouid : '' };
}

/**
 * Is the log there to be written and read? For the ready check: the process answers, and the
 * newest table of the schema exists.
 *
 * @throws LogUnavailableError when not.
 */
export async function ping(client: LogClient): Promise<void> {
  await select(client, 'SELECT 1 FROM organizations LIMIT 0', {});
}
