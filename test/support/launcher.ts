import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../src/local/ports';
import { childEnv } from './servers';

/** The last line the launcher prints before it waits. */
export const UP = 'Ctrl-C stops everything';

/** One running launcher. */
export class Launcher {
  output = '';
  readonly exited: Promise<number | null>;

  constructor(readonly process: ChildProcess) {
    const collect = (data: Buffer): void => {
      this.output += data.toString();
    };
    process.stdout?.on('data', collect);
    process.stderr?.on('data', collect);
    this.exited = once(process, 'close').then(([code]: (number | null)[]) => code ?? null);
  }

  /** Resolves when it has printed `text`; rejects with what it printed when it ends before. */
  async printed(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.process.exitCode !== null) throw new Error(`no "${text}" in: ${this.output}`);
      await sleep(50);
    }
  }

  async interrupt(): Promise<number | null> {
    this.process.kill('SIGINT');
    return this.exited;
  }
}

/** A data directory, ports and a trace of the stand-ins of its own for a test of the launcher. */
export class Bench {
  readonly directory = mkdtempSync(join(tmpdir(), 'vkyc-start-'));
  private readonly trace = join(this.directory, 'trace');
  private readonly running: Launcher[] = [];
  readonly ports: Record<'api' | 'temporal' | 'ui' | 'clickhouse', number>;

  private constructor(ports: readonly number[]) {
    const [api = 0, temporal = 0, ui = 0, clickhouse = 0] = ports;
    this.ports = { api, temporal, ui, clickhouse };
  }

  static async create(): Promise<Bench> {
    return new Bench(await Promise.all([freePort(), freePort(), freePort(), freePort()]));
  }

  /** The launcher's command line, with this bench's data directory and ports. */
  command(args: readonly string[] = []): string[] {
    const ports = Object.entries(this.ports).flatMap(([name, port]) => [
      `--${name}-port`,
      `${port}`,
    ]);
    const data = ['--data-dir', join(this.directory, 'data')];
    return [join(__dirname, 'fake-start.ts'), ...data, ...ports, ...args];
  }

  start(args: readonly string[] = [], env: Record<string, string> = {}): Launcher {
    return this.run(process.execPath, this.command(args), env);
  }

  run(program: string, args: readonly string[], env: Record<string, string> = {}): Launcher {
    const child = spawn(program, args, {
      env: childEnv({ VKYC_TEST_TRACE: this.trace, ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const launcher = new Launcher(child);
    this.running.push(launcher);
    return launcher;
  }

  /** The lines the stand-ins have written so far. */
  traced(): string[] {
    return readFileSync(this.trace, 'utf8').trim().split('\n');
  }

  /** The pids the stand-ins started with, by name; the last of each. */
  pids(): Record<string, number> {
    const started = this.traced().flatMap((line) => {
      const [name = '', what, pid] = line.split(' ');
      return what === 'started' ? [[name, Number(pid)] as const] : [];
    });
    return Object.fromEntries(started);
  }

  async close(): Promise<void> {
    for (const launcher of this.running) {
      if (launcher.process.exitCode === null && launcher.process.signalCode === null) {
        await launcher.interrupt();
      }
    }
    rmSync(this.directory, { recursive: true });
  }
}
