import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { migrate } from '../../clickhouse/migrate';
import { loadConfig } from '../../src/config';
import { startClickHouseServer } from '../../src/local/clickhouse-server/spawn';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/contracts';
import { bundleOf } from '../../workers/bundle';
import { developmentEnv } from '../support/development-env';
import { startTemporal } from '../support/servers';
import type { InsertCounts } from './activities';

/** The processes whose CPU counts as a journey's cost. */
export type Measured = 'worker' | 'temporal' | 'clickhouse';

/** What is measured against: one server of each kind and one worker, each a process of its own. */
export interface BenchStack {
  readonly client: Client;
  readonly pids: Readonly<Record<Measured, number>>;
  insertCounts(): Promise<InsertCounts>;
  /** Rejects when the worker ends while it is needed. */
  readonly broken: Promise<never>;
  stop(): Promise<void>;
}

/** Starts all of it in a temporary directory, with Temporal's database set up as `npm start` does. */
export async function startBenchStack(): Promise<BenchStack> {
  const directory = await mkdtemp(join(tmpdir(), 'vkyc-bench-'));
  const undo: (() => Promise<unknown>)[] = [
    () => rm(directory, { recursive: true, force: true, maxRetries: 3 }),
  ];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const temporal = await startTemporal({
      database: join(directory, 'temporal.db'),
      searchAttributes: SEARCH_ATTRIBUTE_TYPES,
    });
    undo.push(() => temporal.stop());
    const clickhouse = await startClickHouseServer({ dataDir: join(directory, 'clickhouse') });
    undo.push(() => clickhouse.stop());
    const env = developmentEnv(directory, {
      TEMPORAL_ADDRESS: temporal.address,
      CLICKHOUSE_URL: clickhouse.url,
      WORKFLOW_BUNDLE: await bundle(directory),
    });
    await migrate(loadConfig(env).clickhouse);
    const worker = await startWorker(env, undo);
    const connection = await Connection.connect({ address: temporal.address });
    // Last: a call that is being repeated would throw into nobody's hands.
    undo.unshift(() => connection.close());
    return {
      client: new Client({ connection }),
      pids: { worker: pidOf(worker), temporal: temporal.pid, clickhouse: clickhouse.pid },
      insertCounts: async () => {
        worker.send('counts');
        const [counts] = (await once(worker, 'message')) as [InsertCounts];
        return counts;
      },
      broken: once(worker, 'exit').then(() => {
        throw new Error('the bench worker ended');
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a failed bench left under way may keep it from stopping by itself. */
const WORKER_STOP_MS = 8_000;

async function startWorker(
  env: Record<string, string>,
  undo: (() => Promise<unknown>)[],
): Promise<ChildProcess> {
  const worker = fork(join(__dirname, 'worker.main.ts'), [], {
    env: { ...process.env, ...env },
    execArgv: ['--require', join(__dirname, '..', 'support', 'ts-require.js')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl-C is for the bench: it then lets the worker go, which ends it.
    detached: true,
  });
  const exited = once(worker, 'exit');
  undo.push(async () => {
    if (worker.connected) worker.disconnect();
    const late = setTimeout(() => worker.kill('SIGKILL'), WORKER_STOP_MS);
    await exited;
    clearTimeout(late);
  });
  const ready = once(worker, 'message').then(() => true);
  if (!(await Promise.race([ready, exited.then(() => false)])))
    throw new Error('the bench worker ended before it was ready');
  return worker;
}

async function bundle(directory: string): Promise<string> {
  const path = join(directory, 'workflows.js');
  const { code } = await bundleOf(join(__dirname, 'workflows'), 'WARN');
  await writeFile(path, code);
  return path;
}

function pidOf(child: ChildProcess | undefined): number {
  if (child?.pid === undefined) throw new Error('a process of the bench has no pid');
  return child.pid;
}
