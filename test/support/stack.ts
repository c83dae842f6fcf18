import { mkdtemp, rm } from 'node:fs/promises';
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
import type { StaffRole } from '../../src/tokens/claims';
import { Tokens } from '../../src/tokens/tokens';
import { startWorker, type RunningWorker } from '../../workers/worker';
import { testBundle } from './bundle';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/contracts';
import { developmentEnv } from './development-env';
import { startTemporal } from './servers';
import { demoSettings } from '../../src/local/demo/demo-settings';

/** The whole product on real engines, in temporary directories, for one test file. */
export interface Stack {
  readonly config: Config;
  /** What a process of ours needs to belong to this stack: `loadConfig` reads it. */
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  readonly client: Client;
  readonly tokens: Tokens;
  readonly app: NestExpressApplication;
  readonly worker: RunningWorker;
  /** Once the worker is stopped. */
  restartWorker(): Promise<void>;
  /** SIGKILL of ClickHouse, and its return on the same port and data. */
  readonly clickhouse: { kill(): Promise<void>; start(): Promise<void> };
  /** The Temporal server; the worker has to be stopped before. */
  readonly temporal: { stop(): Promise<void> };
  /** Declares an organization; answers its client's API. */
  organization(
    ouid: string,
    change?: (settings: OrganizationSettings) => OrganizationSettings,
  ): Promise<ApiClient>;
  /** The API as a member of staff. */
  staff(ouid: string, role: StaffRole, sub: string): Promise<ApiClient>;
  stop(): Promise<void>;
}

/**
 * `worker: false` when the test brings its own, e.g. one that it kills; `env` is what the processes
 * get besides.
 */
export async function startStack(
  options: { worker?: boolean; env?: Readonly<Record<string, string>> } = {},
): Promise<Stack> {
  const directory = await mkdtemp(join(tmpdir(), 'vkyc-stack-'));
  const dataDir = join(directory, 'clickhouse');
  const [bundle, temporal, firstServer] = await Promise.all([
    testBundle(),
    startTemporal({ searchAttributes: SEARCH_ATTRIBUTE_TYPES }),
    startClickHouseServer({ dataDir }),
  ]);
  let server = firstServer;
  const servers = {
    TEMPORAL_ADDRESS: temporal.address,
    CLICKHOUSE_URL: server.url,
    WORKFLOW_BUNDLE: bundle,
  };
  const env = { ...developmentEnv(directory, servers), ...options.env };
  const config = loadConfig(env);
  await migrate(config.clickhouse);
  let worker = options.worker === false ? undefined : await startWorker(config);
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const connection = await Connection.connect({ address: config.temporal.address });
  const client = new Client({ connection });
  const tokens = new Tokens(config.tokenKey);
  const api = new ApiClient(url);
  return {
    config,
    env,
    url,
    client,
    tokens,
    app,
    get worker() {
      if (!worker) throw new Error('this stack was started without a worker');
      return worker;
    },
    restartWorker: async () => {
      worker = await startWorker(config);
    },
    clickhouse: {
      kill: () => server.kill(),
      start: async () => {
        server = await startClickHouseServer({ dataDir, port: Number(new URL(server.url).port) });
      },
    },
    temporal,
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
      await worker?.stop();
      await connection.close();
      await Promise.all([temporal.stop(), server.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
