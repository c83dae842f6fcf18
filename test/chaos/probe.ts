import { Client, Connection } from '@temporalio/client';
import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import { until } from '../../src/local/demo/actors';
import { declareOrganization } from '../../src/local/demo/declare-organization';
import { DEMO_AGENTS, demoSettings } from '../../src/local/demo/demo-settings';
import { ApiClient } from '../../src/local/demo/http';
import { generateApiKey } from '../../src/tokens/api-key';
import { Tokens } from '../../src/tokens/tokens';
import type { Product } from './product';

/** An organization beside the demo's, whose one agent comes and goes. */
const OUID = 'kills-probe';
const TOKEN_SECONDS = 86_400;
const RECOVERY_MS = 180_000;

/**
 * Finds out when everything works again: a command is acknowledged (API, Temporal, worker) and its
 * row is in the log (worker, ClickHouse).
 */
export class Probe {
  private online = false;
  private rows = 0;

  private constructor(
    private readonly apiUrl: string,
    private readonly agent: ApiClient,
    private readonly log: LogClient,
  ) {}

  static async open({ apiUrl, config }: Product): Promise<Probe> {
    const connection = await Connection.connect({ address: config.temporal.address });
    try {
      const client = new Client({ connection, namespace: config.temporal.namespace });
      await declareOrganization(client, OUID, demoSettings(generateApiKey(OUID).key));
    } finally {
      await connection.close();
    }
    const exp = Math.floor(Date.now() / 1_000) + TOKEN_SECONDS;
    const claims = { ouid: OUID, sub: DEMO_AGENTS[0], role: 'AGENT', exp } as const;
    const token = await new Tokens(config.tokenKey).issue('development-staff', claims);
    const log = createLogClient(config.clickhouse);
    const probe = new Probe(apiUrl, new ApiClient(apiUrl).as(token), log);
    await probe.recovered();
    return probe;
  }

  /** Resolves when a command said from now on has been acknowledged and logged, and the API says it is well. */
  async recovered(): Promise<void> {
    this.online = !this.online;
    await this.agent.post(`/v1/agents/me/${this.online ? 'online' : 'offline'}`);
    await until('a new row in the log', () => this.newRow(), RECOVERY_MS);
    await until('the API to be ready', () => this.ready(), RECOVERY_MS);
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private async newRow(): Promise<true | undefined> {
    const query =
      "SELECT toString(max(seq)) AS last FROM activity_log WHERE ouid = {ouid:String} AND stream = 'desk'";
    const found = await quietly(() => select<{ last: string }>(this.log, query, { ouid: OUID }));
    const last = Number(found?.[0]?.last ?? 0);
    if (last <= this.rows) return undefined;
    this.rows = last;
    return true;
  }

  private async ready(): Promise<true | undefined> {
    const status = await quietly(async () => {
      const response = await fetch(`${this.apiUrl}/readyz`);
      return ((await response.json()) as { status: string }).status;
    });
    return status === 'ready' ? true : undefined;
  }
}

/** Undefined while nobody answers: that is what is being waited out. */
async function quietly<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
