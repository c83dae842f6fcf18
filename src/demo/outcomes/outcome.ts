import type { OverrideReason } from '../../domain/reasons';
import type { CheckerDecision, MakerDecision, ProfileStatus, SendBackTo } from '../../domain/words';

/** What the agent is to decide on a call, and again when a checker sends the case back to him. */
export interface MakerPlan {
  readonly decision: MakerDecision;
  /** From the catalogue; needed but for APPROVED. */
  readonly reason?: string;
}

/** Whose connection is lost in the call: he is back within the grace time, or gone for good. */
export interface Losses {
  readonly customer?: 'BACK' | 'GONE';
  readonly agent?: 'BACK' | 'GONE';
}

/** One call as the script wants it. Without `maker` the call is not to come to a decision. */
export interface CallPlan {
  readonly customer: 'JOINS' | 'STAYS_AWAY';
  /** The customer's comes first when both are. */
  readonly lost?: Losses;
  /** Nobody hangs up: the policy's longest call ends it. */
  readonly tooLong?: true;
  readonly maker?: MakerPlan;
}

export interface CheckerPlan {
  readonly decision: CheckerDecision;
  /** From the catalogue; needed but for APPROVED. */
  readonly reason?: string;
  readonly sendBackTo?: SendBackTo;
  /** Needed against the maker. */
  readonly overrideReason?: OverrideReason;
}

/** How a claimed review comes to somebody else: given back, or given to another by the supervisor. */
export type ReviewPass = 'RELEASED' | 'ASSIGNED';

/** A skill that the demo's queues take customers for and that none of its agents has. */
export const NOBODYS_SKILL = 'notary';

/** One way a journey can go: what everybody in it does, and where it then ends. */
export interface Outcome {
  readonly name: string;
  /** How many of a block of journeys go this way (src/demo/scripts.ts). */
  readonly share: number;
  /** The same among the calls that an agent took on a day of a trace. */
  readonly shareOfDay: number;
  readonly status: ProfileStatus;
  /** Other ends it may have, where more than the script decides: in a day's trace, who comes first. */
  readonly also?: readonly ProfileStatus[];
  /** The reason it ends with when it ends with `status`; '' for none. */
  readonly reason: string;
  readonly capture: 'COMPLETE' | 'NEVER_OPENS' | 'WALKS_AWAY';
  /** The client cancels when the case stands there. */
  readonly cancelled?: ProfileStatus;
  /** The supervisor puts it on hold when it stands there first, and lets it go on later. */
  readonly held: readonly ProfileStatus[];
  /** At first the customer asks for something that no agent can do. */
  readonly asksForNobody?: true;
  readonly calls: readonly CallPlan[];
  /** Put off, the customer books a time: he keeps it, or comes after it was missed. */
  readonly slot?: 'KEPT' | 'MISSED';
  /** What becomes of the first claims of its review. */
  readonly passes: readonly ReviewPass[];
  /** What each checker decides, in their order; later ones, as the last. */
  readonly checks: readonly CheckerPlan[];
  /** Whether the customer comes back when his case was put off (SCHEDULED). */
  readonly comesBack: boolean;
  /** It takes as long as a timer of the policy: it runs beside the others. */
  readonly byTimer: boolean;
  /** It needs the demo's own policy: short timers, every case reviewed twice. */
  readonly ownPolicy: boolean;
  /**
   * What the log must tell of it: an event's type, then a word of its reason or details (or one of
   * several: `A|B`). With `!`, what it must not tell.
   */
  readonly shows: readonly string[];
}

/** What most ways have in common. */
export const PLAIN = {
  share: 1,
  shareOfDay: 0,
  reason: '',
  capture: 'COMPLETE',
  held: [],
  calls: [],
  passes: [],
  checks: [],
  comesBack: true,
  byTimer: false,
  ownPolicy: false,
  shows: [],
} as const satisfies Partial<Outcome>;

export const APPROVES: CallPlan = { customer: 'JOINS', maker: { decision: 'APPROVED' } };
export const STAYS_AWAY: CallPlan = { customer: 'STAYS_AWAY' };

export function rejects(reason: string): CallPlan {
  return { customer: 'JOINS', maker: { decision: 'REJECTED', reason } };
}

export function utv(reason: string): CallPlan {
  return { customer: 'JOINS', maker: { decision: 'UTV', reason } };
}
