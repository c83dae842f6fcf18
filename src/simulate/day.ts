import type { Customer } from './customers';

/** `NO_SHOW`: an agent took him, and he was not there any more. */
export type Ending = 'ANSWERED' | 'NO_SHOW' | 'ABANDONED' | 'EXPIRED' | 'LEFT_BEFORE_LINE';

/** How long what the trace does not tell takes, ms. */
export interface Pace {
  readonly acceptMs: number;
  readonly joinMs: number;
  readonly decideMs: number;
  readonly wrapUpMs: number;
}

/** A customer's first time in line. */
export interface TimeInLine {
  readonly queueId: string;
  /** Epoch ms. */
  readonly enteredAt: number;
  readonly leftAt: number;
  /** What he was told when he entered, ms; undefined when he was told nothing. */
  readonly estimateMs: number | undefined;
}

/** What became of one row of the trace. */
export interface Ended {
  readonly customer: Customer;
  readonly outcome: Ending;
  /** Undefined for who never came there. */
  readonly line: TimeInLine | undefined;
  /** Who answered first; '' when nobody did. */
  readonly agentId: string;
}

/** An agent's time that went to one customer: his call or the wrap-up after it. */
export interface Span {
  readonly agentId: string;
  readonly queueId: string;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

export interface SimulatedDay {
  /** The first arrival, and when the last customer was done: all agents are at work in between. */
  readonly from: number;
  readonly to: number;
  readonly agentIds: readonly string[];
  /** In the order of arrival. */
  readonly ended: readonly Ended[];
  readonly spans: readonly Span[];
  /** Calls that the policy's longest call ended. */
  readonly cutOff: number;
}

/** How far a simulation is. */
export interface Progress {
  /** Epoch ms. */
  readonly at: number;
  readonly done: number;
  readonly waiting: number;
}
