import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import {
  type ClickHouseServer,
  startClickHouseServer,
} from '../../src/local/clickhouse-server/spawn';

/** One embedded server in a directory of its own and the official client; closed together. */
export interface Bench {
  readonly server: ClickHouseServer;
  readonly client: ClickHouseClient;
  rows(query: string, query_params?: Record<string, unknown>): Promise<unknown[]>;
  close(): Promise<void>;
}

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'clickhouse-server-'));
}

/** Errors are what these tests look at: the client need not print them as well. */
export function newClient(
  server: ClickHouseServer,
  options: ClickHouseClientConfigOptions = {},
): ClickHouseClient {
  return createClient({ url: server.url, log: { level: ClickHouseLogLevel.OFF }, ...options });
}

export async function openBench(dataDir = newDataDir()): Promise<Bench> {
  const server = await startClickHouseServer({ dataDir });
  const client = newClient(server);
  return {
    server,
    client,
    rows: (query, query_params = {}) => selectRows(client, query, {}, query_params),
    close: async () => {
      await client.close();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function selectRows(
  client: ClickHouseClient,
  query: string,
  clickhouse_settings: ClickHouseSettings = {},
  query_params: Record<string, unknown> = {},
): Promise<unknown[]> {
  const format = 'JSONEachRow';
  return (await client.query({ query, format, clickhouse_settings, query_params })).json();
}

/** `value` of a setting as the engine sees it in a query that does not set it. */
export async function settingOf(client: ClickHouseClient, name: string): Promise<unknown> {
  const query = 'SELECT value, changed FROM system.settings WHERE name = {name:String}';
  return (await selectRows(client, query, {}, { name }))[0];
}
