import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, StartError } from '../start-error';
import { Backoff } from './backoff';
import { lastWords } from './last-words';
import { ChildFailed, type ChildSpec, type Ready, Run } from './child';

/** All of a stop, SIGKILL included, is done by then: a second less than the 10 s we promise. */
const STOP_MS = 9_000;
/** One child's share, however much is left. */
const STOP_ONE_MS = 4_000;
/** What every child still to be stopped is sure to get. */
const STOP_LEAST_MS = 1_000;

export interface SupervisorOptions {
  /** Says one line to the user. */
  readonly tell: (line: string) => void;
  /** Has a child's process group ended should we be killed; see reaper.ts. */
  readonly guard: (pid: number) => () => void;
  /** Where the user finds what a child printed. */
  readonly logOf?: (name: string) => string;
}

/**
 * Keeps the children running: started in order, each after the one before it serves; started again
 * when one dies, with backoff; stopped in the reverse order.
 */
export class Supervisor {
  private readonly children: Keeper[] = [];
  private stopping: Promise<void> | undefined;

  constructor(private readonly options: SupervisorOptions) {}

  /**
   * Starts a child and resolves when it serves; from then on it is kept running.
   * @throws StartError when it does not come to serve this first time.
   */
  async start(spec: ChildSpec): Promise<Ready> {
    if (this.stopping) throw new StartError('interrupted');
    const keeper = new Keeper(spec, this.options);
    this.children.push(keeper);
    return keeper.start();
  }

  /** Stops all, the last started first, within 10 s; called twice, it is one stop. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    const deadline = Date.now() + STOP_MS;
    // None may be started again while another is being stopped.
    for (const child of this.children) child.release();
    const order = [...this.children].reverse();
    for (const [index, child] of order.entries()) {
      const reserved = (order.length - index - 1) * STOP_LEAST_MS;
      await child.stop(Math.max(0, Math.min(STOP_ONE_MS, deadline - Date.now() - reserved)));
    }
  }
}

/** Keeps one child running until released. */
class Keeper {
  private readonly backoff = new Backoff();
  private readonly released = new AbortController();
  private run: Run | undefined;

  constructor(
    private readonly spec: ChildSpec,
    private readonly options: SupervisorOptions,
  ) {}

  async start(): Promise<Ready> {
    const run = this.launch();
    try {
      const ready = await run.ready();
      void this.watch(run, Date.now());
      return ready;
    } catch (error) {
      await run.stop(STOP_LEAST_MS);
      throw new StartError(`${this.spec.name} did not start: ${messageOf(error)}${this.log()}.`);
    }
  }

  release(): void {
    this.released.abort();
  }

  async stop(graceMs: number): Promise<void> {
    await this.run?.stop(graceMs);
  }

  /** What the child said last, and where the rest is. */
  private log(): string {
    const log = this.options.logOf?.(this.spec.name);
    if (log === undefined) return '';
    const words = lastWords(log);
    return words === '' ? ` (see ${log})` : `, "${words}" (see ${log})`;
  }

  private isReleased(): boolean {
    return this.released.signal.aborted;
  }

  private launch(): Run {
    this.run = new Run(this.spec, this.options.guard);
    return this.run;
  }

  /** Sees one run to its end and starts the next, until released. */
  private async watch(first: Run, readyAt: number): Promise<void> {
    let run = first;
    let since: number | undefined = readyAt;
    for (;;) {
      const how = await run.ended;
      if (this.isReleased()) return;
      const delay = this.backoff.next(since === undefined ? 0 : Date.now() - since);
      this.options.tell(`${this.spec.name} ended (${how}); starting it again in ${delay / 1000} s`);
      await sleep(delay, undefined, { signal: this.released.signal }).catch(() => undefined);
      if (this.isReleased()) return;
      run = this.launch();
      since = await this.whenReady(run);
    }
  }

  private async whenReady(run: Run): Promise<number | undefined> {
    try {
      await run.ready();
      if (!this.isReleased()) this.options.tell(`${this.spec.name} is running again`);
      return Date.now();
    } catch (error) {
      if (!(error instanceof ChildFailed))
        this.options.tell(`${this.spec.name}: ${messageOf(error)}`);
      await run.stop(STOP_LEAST_MS);
      return undefined;
    }
  }
}
