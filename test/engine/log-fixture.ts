import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogClient, insertInto, type LogClient } from '../../clickhouse/client';
import { LogWriter } from '../../clickhouse/log-writer';
import { migrate } from '../../clickhouse/migrate';
import {
  type ClickHouseServer,
  startClickHouseServer,
} from '../../src/local/clickhouse-server/spawn';

export interface TestLog {
  readonly url: string;
  readonly client: LogClient;
  readonly writer: LogWriter;
  /** SIGKILL, then the same data directory and port again. */
  killAndRestart(): Promise<void>;
  rows<T>(query: string): Promise<T[]>;
  stop(): Promise<void>;
}

/** An embedded engine of the test file's own with the whole schema in it. */
export async function startLog(): Promise<TestLog> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kyc-log-'));
  let server: ClickHouseServer = await startClickHouseServer({ dataDir });
  const { url } = server;
  const options = { url, database: 'kyc' };
  try {
    await migrate(options);
  } catch (error) {
    await server.stop();
    await rm(dataDir, { recursive: true });
    throw error;
  }
  const client = createLogClient(options);
  const writer = new LogWriter({ insert: insertInto(client) });
  return {
    url,
    client,
    writer,
    async killAndRestart() {
      await server.kill();
      server = await startClickHouseServer({ dataDir, port: Number(new URL(url).port) });
    },
    async rows<T>(query: string) {
      const result = await client.query({ query, format: 'JSONEachRow' });
      return result.json<T>();
    },
    async stop() {
      await writer.close();
      await client.close();
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
