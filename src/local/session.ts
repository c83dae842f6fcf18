import { closeSync } from 'node:fs';
import { openDataDir, type DataDir } from './data-dir';
import { type StartOptions } from './options';
import { type Secrets, loadSecrets } from './secrets';
import { type ChildSpec, type Ready, readyByMessage } from './supervisor/child';
import { forkEntry } from './supervisor/fork';
import { Reaper } from './supervisor/reaper';
import { Supervisor } from './supervisor/supervisor';
import { type ToolContext } from './temporal/tools';

/** How long one of our own processes may take to serve; a large log is read at its start. */
const READY_MS = 120_000;

/** What the launcher runs in: given once, by start.ts. */
export interface Surroundings extends ToolContext {
  readonly signal: AbortSignal;
}

/** One of our own processes. */
export interface EntryChild {
  readonly name: string;
  /** Absolute path without extension. */
  readonly entry: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One run of `npm start`: its data, its children and the one way to end them all. */
export class Session {
  private readonly reaper: Reaper;
  private readonly supervisor: Supervisor;
  private readonly logs: number[] = [];
  private ending: Promise<void> | undefined;

  private constructor(
    readonly options: StartOptions,
    readonly surroundings: Surroundings,
    readonly dataDir: DataDir,
    readonly secrets: Secrets,
  ) {
    this.reaper = new Reaper(surroundings.env);
    this.supervisor = new Supervisor({
      tell: surroundings.tell,
      guard: (pid) => this.reaper.guard(pid),
      logOf: (name) => dataDir.logFile(name),
    });
  }

  /** Locks the data directory and reads its secrets; nothing runs yet but the reaper. */
  static async open(options: StartOptions, surroundings: Surroundings): Promise<Session> {
    const dataDir = await openDataDir(options.dataDir, options.fresh);
    try {
      return new Session(options, surroundings, dataDir, loadSecrets(dataDir.path));
    } catch (error) {
      dataDir.release();
      throw error;
    }
  }

  /** For finding and building servers: what that starts is ended with us, too. */
  get tools(): ToolContext {
    return { ...this.surroundings, guard: (pid) => this.reaper.guard(pid) };
  }

  /** A descriptor of the child's log, closed at the end. */
  log(name: string): number {
    const file = this.dataDir.openLog(name);
    this.logs.push(file);
    return file;
  }

  /** Starts a child, keeps it running and resolves when it first serves. */
  async start(spec: ChildSpec): Promise<Ready> {
    this.surroundings.signal.throwIfAborted();
    return this.supervisor.start(spec);
  }

  /** The same for one of our own entries, which announce themselves by IPC. */
  startEntry({ name, entry, args = [], env }: EntryChild): Promise<Ready> {
    const output = this.log(name);
    return this.start({
      name,
      readyMs: READY_MS,
      spawn: () => forkEntry(entry, { args, env, output }),
      ready: readyByMessage,
    });
  }

  /** Stops all in order, within 10 s; called twice, it is one end. */
  end(): Promise<void> {
    this.ending ??= this.endAll();
    return this.ending;
  }

  private async endAll(): Promise<void> {
    await this.supervisor.stop();
    await this.reaper.close();
    for (const file of this.logs) closeSync(file);
    this.dataDir.release();
  }
}
