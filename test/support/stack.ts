import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client, Connection } from '@temporalio/client';
import { createApp } from '../../api/bootstrap';
import { migrate } from '../../clickhouse/migrate';
import { loadConfig, type Config } from '../../src/config';
import type { OrganizationSettings } from '../../src/domain/organization/settings';
import { startClickHouseServer } from '../../src/local/clickhouse-server/spawn';
import { declareOrganization } from '../../src/local/demo/declare-organization';
import { ApiClient } from '../../src/local/demo/http';
import { generateApiKey } from '../../src/tokens/api-key';
import { Tokens } from '../../src/tokens/tokens';
import { startWorker, type RunningWorker } from '../../workers/worker';
import { SEARCH_ATTRIBUTES } from '../../workflows/contracts';
import { startTemporal } from './servers';
import { demoSettings } from '../../src/local/demo/demo-settings';

/** The whole product on real engines, in temporary directories, for one test file. */
export interface Stack {
  readonly config: Config;
  readonly url: string;
  readonly client: Client;
  readonly app: NestExpressApplication;
  readonly worker: RunningWorker;
  /** Declares an organization; answers its client's API. */
  organization(
    ouid: string,
    change?: (settings: OrganizationSettings) => OrganizationSettings,
  ): Promise<ApiClient>;
  /** The API as a member of staff. */
  staff(ouid: string, role: 'AGENT' | 'REVIEWER', sub: string): Promise<ApiClient>;
  stop(): Promise<void>;
}

const keywords = Object.fromEntries(
  Object.values(SEARCH_ATTRIBUTES).map((name) => [name, 'Keyword' as const]),
);

export async function startStack(): Promise<Stack> {
  const directory = await mkdtemp(join(tmpdir(), 'vkyc-stack-'));
  const [temporal, clickhouse] = await Promise.all([
    startTemporal({ searchAttributes: keywords }),
    startClickHouseServer({ dataDir: join(directory, 'clickhouse') }),
  ]);
  const config = loadConfig({
    VKYC_ENV: 'development',
    TEMPORAL_ADDRESS: temporal.address,
    CLICKHOUSE_URL: clickhouse.url,
    BLOB_DIR: join(directory, 'blobs'),
    VIDEO_DIR: join(directory, 'video'),
    MASTER_KEY: randomBytes(32).toString('base64'),
    TOKEN_KEY: randomBytes(32).toString('base64'),
    API_PORT: '0',
  });
  await migrate(config.clickhouse);
  const worker = await startWorker(config);
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const connection = await Connection.connect({ address: config.temporal.address });
  const client = new Client({ connection });
  const tokens = new Tokens(config.tokenKey);
  const api = new ApiClient(url);
  return {
    config,
    url,
    client,
    app,
    worker,
    organization: async (ouid, change = (settings) => settings) => {
      const { key } = generateApiKey(ouid);
      await declareOrganization(client, ouid, change(demoSettings(key)));
      return api.as(key);
    },
    staff: async (ouid, role, sub) => {
      const exp = Math.floor(Date.now() / 1_000) + 3_600;
      return api.as(await tokens.issue('development-staff', { ouid, sub, role, exp }));
    },
    stop: async () => {
      await app.close();
      await worker.stop();
      await connection.close();
      await Promise.all([temporal.stop(), clickhouse.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
