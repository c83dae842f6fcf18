import { type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup } from '../temporal/tools';

/** What a child says when it can be used. */
export interface Ready {
  /** Where it listens, for those that listen. */
  readonly url?: string;
}

export interface ChildSpec {
  /** For the user: "temporal", "clickhouse", "worker", "api". */
  readonly name: string;
  /** Starts the process, in a process group of its own (`detached`). */
  readonly spawn: () => ChildProcess;
  /** Resolves when `child` serves; told by `signal` to give up. */
  readonly ready: (child: ChildProcess, signal: AbortSignal) => Promise<Ready>;
  /** How long it may take to be ready; ms. */
  readonly readyMs: number;
}

/** A child that did not come to be ready; the message says how it ended. */
export class ChildFailed extends Error {
  override readonly name = 'ChildFailed';
}

/** Waits for the IPC message `{ ready: true, url? }` with which our own entries announce themselves. */
export function readyByMessage(child: ChildProcess, signal: AbortSignal): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: { ready?: boolean; url?: string }): void => {
      if (message.ready !== true) return;
      settle();
      resolve(message.url === undefined ? {} : { url: message.url });
    };
    const onAbort = (): void => {
      settle();
      reject(new ChildFailed('gave up waiting'));
    };
    const settle = (): void => {
      child.off('message', onMessage);
      signal.removeEventListener('abort', onAbort);
    };
    child.on('message', onMessage);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** One run of a child: started once, ended once. */
export class Run {
  readonly ended: Promise<string>;
  private isEnded = false;
  private readonly process: ChildProcess;
  private readonly forget: (() => void) | undefined;

  constructor(
    private readonly spec: ChildSpec,
    guard: (pid: number) => () => void,
  ) {
    this.process = spec.spawn();
    this.forget = this.process.pid === undefined ? undefined : guard(this.process.pid);
    this.ended = new Promise((resolve) => {
      const end = (how: string): void => {
        if (this.isEnded) return;
        this.isEnded = true;
        killGroup(this.process.pid); // whatever it started goes with it
        this.forget?.();
        resolve(how);
      };
      this.process.once('error', (error) => {
        end(error.message);
      });
      this.process.once('exit', (code, name) => {
        end(name === null ? `exit code ${String(code)}` : name);
      });
    });
  }

  /** Resolves when it serves. @throws ChildFailed when it ends or its time is over before that. */
  async ready(): Promise<Ready> {
    const giveUp = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new ChildFailed(`not ready after ${this.spec.readyMs / 1000} s`));
      }, this.spec.readyMs);
    });
    const died = this.ended.then((how) => {
      throw new ChildFailed(how);
    });
    try {
      return await Promise.race([this.spec.ready(this.process, giveUp.signal), died, tooLate]);
    } finally {
      clearTimeout(timer);
      giveUp.abort(); // ends the probe when it lost the race
    }
  }

  /** Asks it to end and waits for that at most `graceMs`, then kills it and all it started. */
  async stop(graceMs: number): Promise<void> {
    if (!this.isEnded) {
      this.process.kill('SIGTERM');
      const timer = new AbortController();
      const grace = sleep(graceMs, false, { signal: timer.signal }).catch(() => false);
      const ended = await Promise.race([this.ended.then(() => true), grace]);
      timer.abort();
      if (!ended) killGroup(this.process.pid);
    }
    await this.ended;
  }
}
