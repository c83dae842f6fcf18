import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
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
