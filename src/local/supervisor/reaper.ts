import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { forkEntry } from './fork';

/** What the launcher tells its reaper: the pid of a process group to care for, or no more. */
export interface ReaperMessage {
  readonly add?: number;
  readonly remove?: number;
}

/** Not at once: one that cannot start must not keep the machine busy. */
const AGAIN_MS = 500;

/**
 * A small process that outlives us by some seconds: should we be killed, it ends every process
 * group it was told of, politely, then by SIGKILL (reaper.main.ts). It is started again when it dies.
 */
export class Reaper {
  private readonly groups = new Set<number>();
  private process: ChildProcess;
  private closing = false;

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {
    this.process = this.fork();
  }

  /** Has the group of `pid` ended should we die; returns what forgets it. */
  guard(pid: number): () => void {
    this.groups.add(pid);
    this.send({ add: pid });
    return () => {
      if (this.groups.delete(pid)) this.send({ remove: pid });
    };
  }

  /** Lets it go; whatever it still guards is ended. */
  async close(): Promise<void> {
    this.closing = true;
    const child = this.process;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    if (child.connected) child.disconnect();
    await exited;
  }

  private fork(): ChildProcess {
    const child = forkEntry(join(__dirname, 'reaper.main'), { env: this.env });
    child.once('exit', () => {
      const again = setTimeout(() => {
        if (this.closing) return;
        this.process = this.fork();
        for (const pid of this.groups) this.send({ add: pid });
      }, AGAIN_MS);
      again.unref();
    });
    // A message to one that has just died: the next one is told everything anyway.
    child.on('error', () => undefined);
    return child;
  }

  private send(message: ReaperMessage): void {
    if (this.process.connected) this.process.send(message, () => undefined);
  }
}
