import type { OutboxEntry } from './messages';
import { Refusal, type RefusalCode } from './refusal';
import type { LogRow } from './log-row';
import type { Actor } from './words';

/** What every machine's state has: its event counter and its outboxes, one per destination. */
export interface MachineState<M extends Record<string, unknown>> {
  readonly seq: number;
  readonly outbox: { readonly [D in keyof M]: readonly OutboxEntry<M[D]>[] };
  readonly outboxNext: number;
}

/** What a machine may know of the world when it takes a step. */
export interface StepContext {
  /** Epoch ms. */
  readonly at: number;
  /** A number in [0, 1) drawn for this step: the only randomness a machine ever sees. */
  readonly entropy: number;
}

export type Step<S, R> =
  | { readonly ok: true; readonly state: S; readonly events: readonly LogRow[]; readonly result: R }
  | { readonly ok: false; readonly code: RefusalCode; readonly detail: string };

/**
 * One step in the making: the state as changed so far, the events and messages it caused. Machines
 * differ only in how a row's columns are filled from their state.
 */
export abstract class Journal<M extends Record<string, unknown>, S extends MachineState<M>> {
  readonly events: LogRow[] = [];

  constructor(
    public state: S,
    readonly actor: Actor,
    readonly context: StepContext,
  ) {}

  get at(): number {
    return this.context.at;
  }

  set(patch: Partial<S>): void {
    this.state = { ...this.state, ...patch };
  }

  send<D extends keyof M>(to: D, message: M[D]): void {
    const entry = { id: this.state.outboxNext, message };
    this.set({
      outbox: { ...this.state.outbox, [to]: [...this.state.outbox[to], entry] },
      outboxNext: this.state.outboxNext + 1,
    } as unknown as Partial<S>);
  }

  /** Takes an acknowledged entry out; false when it was taken out before. */
  settle(from: keyof M, id: number): boolean {
    const rest = this.state.outbox[from].filter((entry) => entry.id !== id);
    if (rest.length === this.state.outbox[from].length) return false;
    this.set({ outbox: { ...this.state.outbox, [from]: rest } } as unknown as Partial<S>);
    return true;
  }

  protected nextSeq(): number {
    const seq = this.state.seq + 1;
    this.set({ seq } as unknown as Partial<S>);
    return seq;
  }
}

/** Runs a handler to its end or its refusal; a refused command leaves nothing behind. */
export function take<M extends Record<string, unknown>, S extends MachineState<M>, R>(
  journal: Journal<M, S>,
  handle: () => R,
): Step<S, R> {
  try {
    const result = handle();
    return { ok: true, state: journal.state, events: journal.events, result };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, detail: error.detail };
    throw error;
  }
}
