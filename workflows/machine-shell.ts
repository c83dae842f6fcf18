import { ApplicationFailure, condition, proxyActivities } from '@temporalio/workflow';
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

function now(): StepContext {
  // Both are Temporal's replacements: the same again on every replay.
  return { at: Date.now(), entropy: Math.random() };
}

/**
 * The thin shell around a machine: feeds it inputs, keeps its events until they are recorded and its
 * messages until they are acknowledged, and turns its deadlines into timers.
 */
export class MachineShell<M extends Record<string, unknown>, S extends MachineState<M>, I, R> {
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

  /** Hands events to the log, one call at a time, until `done` and nothing is left. */
  async recordEvents(done: () => boolean): Promise<void> {
    for (;;) {
      await condition(() => this.pending.length > 0 || done());
      if (this.pending.length === 0) return;
      const rows = this.pending.slice(0, ROWS_PER_RECORD);
      await recordRows(rows);
      this.pending.splice(0, rows.length);
    }
  }

  /** Delivers one outbox in order; the answer is the input that settles the entry. */
  async deliver<D extends keyof M>(
    box: D,
    done: () => boolean,
    send: (entry: OutboxEntry<M[D]>) => Promise<I>,
  ): Promise<void> {
    for (;;) {
      await condition(() => this.state.outbox[box].length > 0 || done());
      const entry = this.state.outbox[box][0];
      if (!entry || done()) return;
      this.apply(await send(entry));
    }
  }

  /** One timer, for the next deadline; a wait that is over loses its timer. */
  async runTimers(
    done: () => boolean,
    next: (state: S) => ShellDeadline<I> | undefined,
  ): Promise<void> {
    while (!done()) {
      const due = next(this.state);
      const changed = (): boolean => done() || next(this.state)?.at !== due?.at;
      if (!due) {
        await condition(changed);
        continue;
      }
      const wait = due.at - Date.now();
      const woken = wait > 0 && (await condition(changed, wait, { summary: due.summary }));
      if (!woken) this.apply(due.input);
    }
  }
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
