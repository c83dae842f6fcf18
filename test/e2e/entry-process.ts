import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../src/local/ports';
import type { Stack } from '../support/stack';

const ROOT = join(__dirname, '..', '..');

/** One of our processes as it runs in production, to be killed or listened to by a test. */
export class EntryProcess {
  /** Everything it has written, of all its lives. */
  output = '';
  private child: ChildProcess | undefined;
  private readiness: Promise<{ url?: string }> = Promise.resolve({});

  constructor(
    private readonly entry: 'workers/main' | 'api/main',
    private readonly stack: Stack,
  ) {}

  start(): void {
    const child = fork(join(ROOT, `${this.entry}.ts`), [], {
      env: { ...process.env, ...this.stack.env },
      execArgv: ['--require', join(ROOT, 'test/support/ts-require.js')],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const collect = (data: Buffer): void => {
      this.output += data.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const readiness = once(child, 'message').then(([message]: { url?: string }[]) => message ?? {});
    // A life that was ended before it was ready is the test's doing.
    readiness.catch(() => undefined);
    this.readiness = readiness;
    this.child = child;
  }

  ready(): Promise<{ url?: string }> {
    return this.readiness;
  }

  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }
}

/** Another API of the stack, ready, in a process of its own. */
export async function startApi(stack: Stack): Promise<{ api: EntryProcess; url: string }> {
  const port = await freePort();
  const env = { ...stack.env, API_PORT: String(port) };
  const api = new EntryProcess('api/main', { ...stack, env });
  api.start();
  await api.ready();
  return { api, url: `http://127.0.0.1:${port}` };
}
