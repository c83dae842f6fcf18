import { homedir } from 'node:os';
import { join } from 'node:path';
import { freePort, LOOPBACK } from '../../src/local/ports';
import { Run } from '../../src/local/supervisor/child';
import { Reaper } from '../../src/local/supervisor/reaper';
import { DEFAULT_NAMESPACE, devServerChild } from '../../src/local/temporal/dev-server';
import { locateTemporal } from '../../src/local/temporal/locate';
import { type SearchAttributes } from '../../src/local/temporal/namespace';
import { locateTimeSkippingServer } from '../../src/local/temporal/time-skipping';
import { type ToolContext } from '../../src/local/temporal/tools';

/** Our environment for child processes whose entries are TypeScript. */
export function childEnv(extra: Record<string, string> = {}): Record<string, string | undefined> {
  const hook = `--require ${join(__dirname, 'ts-require.js')}`;
  const options = [process.env['NODE_OPTIONS'], hook].filter(Boolean).join(' ');
  return { ...process.env, NODE_OPTIONS: options, ...extra };
}

/** What the locators ask for; they say what they do on standard error. */
export function toolContext(): ToolContext {
  return {
    env: childEnv(),
    platform: process.platform,
    home: homedir(),
    tell: (line) => process.stderr.write(`${line}\n`),
  };
}

export interface TestTemporal {
  readonly address: string;
  readonly namespace: string;
  /** Of the server's process. */
  readonly pid: number;
  stop(): Promise<void>;
}

export interface TestTemporalOptions {
  readonly searchAttributes?: SearchAttributes;
  /** A file to keep its state in, for tests that start it twice; in memory without. */
  readonly database?: string;
}

/**
 * A dev server of the test file's own: on a free port, without UI, in memory; it serves after a
 * fraction of a second. Stop it in `afterAll`; should jest be killed, the reaper ends it.
 */
export async function startTemporal(options: TestTemporalOptions = {}): Promise<TestTemporal> {
  const executable = await locateTemporal(toolContext());
  const reaper = new Reaper(childEnv());
  const port = await freePort();
  let pid = 0;
  const run = new Run(devServerChild({ executable, port, env: childEnv(), ...options }), (own) => {
    pid = own;
    return reaper.guard(own);
  });
  const stop = async (): Promise<void> => {
    await run.stop(5_000);
    await reaper.close();
  };
  try {
    await run.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return { address: `${LOOPBACK}:${port}`, namespace: DEFAULT_NAMESPACE, pid, stop };
}

/** For `TestWorkflowEnvironment.createTimeSkipping({ server: { executable } })`. */
export async function timeSkippingExecutable(): Promise<{ type: 'existing-path'; path: string }> {
  return { type: 'existing-path', path: await locateTimeSkippingServer(toolContext()) };
}
