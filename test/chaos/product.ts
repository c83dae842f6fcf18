import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig, type Config } from '../../src/config';
import { startOwnServers, type OwnServers } from '../../src/demo/own-servers';
import { factsOf } from '../../src/local/supervisor/parent-watch';
import { testBundle } from '../support/bundle';
import { childEnv } from '../support/servers';

/** The processes of `npm start`, by what stands in their command lines. */
const COMMAND_LINES = {
  worker: /workers[\\/]main/,
  api: /api[\\/]main/,
  clickhouse: /clickhouse-server[\\/]main/,
  temporal: /^\S*temporal\S* server start-dev/,
} as const;

export type Part = keyof typeof COMMAND_LINES;
export const PARTS: readonly Part[] = ['worker', 'api', 'clickhouse', 'temporal'];

/** How long a killed process may still be seen, ms. */
const GONE_MS = 10_000;

/** What `npm start` starts, kept running by the launcher's own supervisor, which lives in this process. */
export class Product {
  readonly config: Config;

  private constructor(
    readonly servers: OwnServers,
    private readonly directory: string,
  ) {
    this.config = loadConfig(servers.context.env);
  }

  static async start(signal: AbortSignal): Promise<Product> {
    const directory = mkdtempSync(join(tmpdir(), 'vkyc-kills-'));
    try {
      const env = childEnv({ WORKFLOW_BUNDLE: await testBundle() });
      const tell = (): void => undefined;
      const dataDir = join(directory, 'data');
      return new Product(await startOwnServers({ dataDir, env, signal, tell }), directory);
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  get apiUrl(): string {
    return this.servers.context.apiUrl;
  }

  /** SIGKILL, from one moment to the next; `gone` resolves when the system has forgotten it. */
  kill(part: Part): { readonly gone: Promise<void> } {
    const pid = pidOf(part);
    process.kill(pid, 'SIGKILL');
    return { gone: untilGone(pid) };
  }

  /** What the API said of requests that failed for a reason it did not expect. */
  complaints(): string[] {
    const text = readFileSync(join(this.directory, 'data', 'logs', 'api.log'), 'utf8');
    return text.split('\n').filter((line) => line.includes('"code":"INTERNAL"'));
  }

  /** Without deleting what explains a failure. Returns where that is. */
  async stopKeeping(): Promise<string> {
    await this.servers.session.end();
    return this.directory;
  }

  async stop(): Promise<void> {
    rmSync(await this.stopKeeping(), { recursive: true, force: true });
  }
}

/** Our children, of all processes: nobody else's API or Temporal is ever found. */
function pidOf(part: Part): number {
  const found = childPids().find((pid) => {
    const facts = factsOf(pid);
    return facts?.parent === process.pid && COMMAND_LINES[part].test(facts.command.join(' '));
  });
  if (found === undefined) throw new Error(`${part} does not run`);
  return found;
}

function childPids(): number[] {
  const names =
    process.platform === 'linux'
      ? readdirSync('/proc').filter((name) => /^\d+$/.test(name))
      : execFileSync('pgrep', ['-P', String(process.pid)], { encoding: 'utf8' }).split('\n');
  return names.filter((name) => name !== '').map(Number);
}

async function untilGone(pid: number): Promise<void> {
  const end = Date.now() + GONE_MS;
  while (factsOf(pid) !== undefined) {
    if (Date.now() > end) throw new Error(`process ${pid} outlives SIGKILL`);
    await sleep(20);
  }
}
