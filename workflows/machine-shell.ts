import {
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  sleep,
} from '@temporalio/workflow';
import type { MachineState, Step, StepContext } from '../src/domain/journal';
import type { LogRow } from '../src/domain/log-row';
import type { OutboxEntry } from '../src/domain/messages';
import { REFUSAL_FAILURE, type RefusalCode } from '../src/domain/refusal';
import type { Activities } from './contracts';

/** One record call's rows: some 60 kB, far below Temporal's 2 MB for an activity's input. */
const ROWS_PER_RECORD = 100;

/**
 * Retried for ever, at most 10 s apart: a row that is late is late, a row that is lost is a hole in
 * the evidence. The activity itself adds the jitter.
 */
const { record } = proxyActivities<Pick<Activities, 'record'>>({
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '6 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '10 seconds',
  },
});

/** As many calls as the rows need, one after the other; twice is harmless, the log takes a row once. */
export async function recordRows(rows: readonly LogRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_RECORD) {
    const part = rows.slice(from, from + ROWS_PER_RECORD);
    await record.executeWithOptions({ summary: summaryOf(part) }, [part]);
  }
}

/** What a deadline is made of: when, what the UI calls it, and the input that its end becomes. */
export interface ShellDeadline<I> {
  readonly at: number;
  readonly summary: string;
  readonly input: I;
}

/** What a shell does besides taking inputs. */
export interface ShellWork<M extends Record<string, unknown>, S, I> {
  /** By outbox: delivers one entry, and answers the input that settles it. */
  readonly send: { readonly [D in keyof M & string]: (entry: OutboxEntry<M[D]>) => Promise<I> };
  /** The machine's next deadline; undefined when only messages can change something. */
  readonly next: (state: S) => ShellDeadline<I> | undefined;
  /** Nothing more is sent or waited for. */
  readonly done: () => boolean;
}

interface Timer {
  readonly at: number;
  readonly scope: CancellationScope;
  fired: boolean;
}

/** What is under way besides the outboxes. */
const LOG = 'log';

function now(): StepContext {
  // Both are Temporal's replacements: the same again on every replay.
  return { at: Date.now(), entropy: Math.random() };
}

/**
 * The thin shell around a machine: feeds it inputs, keeps its events until they are recorded and its
 * messages until they are acknowledged, and turns its deadlines into timers.
 */
export class MachineShell<M extends Record<string, unknown>, S extends MachineState<M>, I, R> {
  private readonly underWay = new Set<string>();
  private timer: Timer | undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    public state: S,
    private readonly step: (state: S, input: I, context: StepContext) => Step<S, R>,
    /** Events that are not yet in the log. */
    readonly pending: LogRow[],
    private readonly onChange: () => void = () => undefined,
  ) {}

  /**
   * Refuses without a trace in the history: an update's validator. It does not run on replay, so it
   * must not draw from the workflow's random numbers: all later draws would then differ.
   */
  validate(input: I): void {
    const step = this.step(this.state, input, { at: Date.now(), entropy: 0 });
    if (!step.ok) throw refused(step.code, step.detail);
  }

  apply(input: I): R {
    const step = this.step(this.state, input, now());
    if (!step.ok) throw refused(step.code, step.detail);
    this.state = step.state;
    this.pending.push(...step.events);
    this.onChange();
    return step.result;
  }

  /**
   * Carries out what the machine wants until there is no more to be begun and all that was sent is
   * settled; recording may still be under way.
   *
   * Everything is begun in one place and in one order, after all jobs of an activation: so what is
   * sent depends on the state alone. A worker that takes over a run may be given the work of two
   * tasks at once, if the first one led to nothing; loops of their own, each waking at its own job,
   * then sent the same in another order than a later replay, and the run was stuck for good
   * (TMPRL1100; seen with 1.24.0 on server 1.29.1, after a kill of the worker).
   */
  async perform(work: ShellWork<M, S, I>): Promise<void> {
    for (;;) {
      await condition(() => this.canBegin(work) || this.isDone(work));
      await allJobsDone();
      if (this.failure) throw this.failure.error;
      if (this.isDone(work)) return;
      this.begin(work);
    }
  }

  private isDone({ done, send }: ShellWork<M, S, I>): boolean {
    return done() && !Object.keys(send).some((box) => this.underWay.has(box));
  }

  private canBegin(work: ShellWork<M, S, I>): boolean {
    if (this.failure ?? this.timer?.fired) return true;
    if (this.pending.length > 0 && !this.underWay.has(LOG)) return true;
    if (work.done()) return false;
    return this.boxesToSend(work).length > 0 || work.next(this.state)?.at !== this.timer?.at;
  }

  private begin(work: ShellWork<M, S, I>): void {
    if (!work.done()) {
      this.takeDue(work);
      for (const box of this.boxesToSend(work)) this.send(box, work);
    }
    if (this.pending.length > 0 && !this.underWay.has(LOG)) this.start(LOG, () => this.record());
    if (!work.done()) this.setTimer(work);
  }

  /** What is due; the machine ignores a timer whose wait is over, for messages come before it. */
  private takeDue({ next }: ShellWork<M, S, I>): void {
    if (this.timer?.fired) this.timer = undefined;
    for (let due = next(this.state); due && due.at <= Date.now(); due = next(this.state))
      this.apply(due.input);
  }

  private boxesToSend({ send }: ShellWork<M, S, I>): (keyof M & string)[] {
    const boxes: (keyof M & string)[] = Object.keys(send);
    return boxes.filter((box) => this.state.outbox[box].length > 0 && !this.underWay.has(box));
  }

  /** One entry of an outbox at a time, in order; the answer is the input that settles it. */
  private send(box: keyof M & string, { send }: ShellWork<M, S, I>): void {
    const [entry] = this.state.outbox[box];
    if (entry) this.start(box, async () => void this.apply(await send[box](entry)));
  }

  private async record(): Promise<void> {
    const rows = this.pending.slice(0, ROWS_PER_RECORD);
    await recordRows(rows);
    this.pending.splice(0, rows.length);
  }

  /** One timer, for the next deadline; a wait that is over loses its timer. */
  private setTimer({ next }: ShellWork<M, S, I>): void {
    const due = next(this.state);
    if (due?.at === this.timer?.at) return;
    this.timer?.scope.cancel();
    this.timer = undefined;
    if (!due) return;
    const scope = new CancellationScope();
    const timer: Timer = { at: due.at, scope, fired: false };
    this.timer = timer;
    const wait = (): Promise<void> => sleep(due.at - Date.now(), { summary: due.summary });
    scope.run(wait).then(
      () => {
        timer.fired = true;
      },
      (error: unknown) => {
        if (!isCancellation(error)) this.failure = { error };
      },
    );
  }

  private start(what: string, act: () => Promise<void>): void {
    this.underWay.add(what);
    act().then(
      () => this.underWay.delete(what),
      (error: unknown) => {
        this.failure = { error };
      },
    );
  }
}

/**
 * Resolves when nothing else of this activation is left to run: a condition is looked at again only
 * after all jobs and whatever they had led to (`tryUnblockConditions` outside the workflow's context).
 */
async function allJobsDone(): Promise<void> {
  let looks = 0;
  await condition(() => looks++ > 0);
}

function summaryOf(rows: readonly LogRow[]): string {
  const [first] = rows;
  const types =
    rows.length > 1
      ? `${first?.eventType ?? ''} … ${rows.at(-1)?.eventType ?? ''}`
      : (first?.eventType ?? '');
  return `${rows.length} to the log: ${types}`.slice(0, 190);
}

/** A refusal as the failure that carries it to the caller. */
export function refused(code: RefusalCode, detail: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${code}: ${detail}`, REFUSAL_FAILURE, code, detail);
}

/** The refusal a failure stands for; undefined when it is another failure. */
export function refusalOf(error: unknown): { code: string; detail: string } | undefined {
  if (!(error instanceof ApplicationFailure) || error.type !== REFUSAL_FAILURE) return undefined;
  const [code, detail] = error.details ?? [];
  return { code: String(code), detail: String(detail) };
}
