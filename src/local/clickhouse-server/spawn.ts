import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join, resolve } from 'node:path';
import { StartError } from '../start-error';
import { type ReadyMessage } from './main';

export interface ClickHouseServerOptions {
  readonly dataDir: string;
  /** A free one without it. */
  readonly port?: number;
  /** The environment variable that holds the password; without it none is asked. */
  readonly passwordEnv?: string;
  /** Ours without it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface ClickHouseServer {
  /** For the official client's `url`. */
  readonly url: string;
  readonly pid: number;
  /** SIGTERM; resolves with the exit code when the process is gone, null if it was killed. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** The last words of a process are its reason; more of them is never needed. */
const LAST_WORDS = 8_192;

/**
 * Starts the embedded ClickHouse as a child, which also ends when this process does.
 * @throws StartError with the child's own sentence when it cannot serve.
 */
export async function startClickHouseServer(
  options: ClickHouseServerOptions,
): Promise<ClickHouseServer> {
  const child = launch(options);
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
  });
  const exited = once(child, 'close') as Promise<[number | null]>;
  const ready = await Promise.race([
    once(child, 'message') as Promise<[ReadyMessage]>,
    exited.then(() => undefined),
  ]);
  const { pid } = child;
  if (ready === undefined || pid === undefined) {
    // The engine may have said something before; the sentence is the last line.
    const sentence = words.trim().split('\n').at(-1);
    throw new StartError(sentence || 'The embedded ClickHouse process ended without a word.');
  }
  return {
    url: ready[0].url,
    pid,
    stop: async () => {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function launch({ dataDir, port = 0, passwordEnv, env }: ClickHouseServerOptions): ChildProcess {
  const extension = extname(__filename);
  const args = ['--data-dir', dataDir, '--port', String(port)];
  if (passwordEnv !== undefined) args.push('--password-env', passwordEnv);
  return fork(join(__dirname, `main${extension}`), args, {
    // In a test the process runs our TypeScript; in `dist` there is nothing to hook.
    execArgv:
      extension === '.ts'
        ? ['--require', resolve(__dirname, '../../../test/support/ts-require.js')]
        : [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(env === undefined ? {} : { env: { ...env } }),
  });
}
