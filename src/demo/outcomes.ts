import type { CheckerDecision, MakerDecision, ProfileStatus } from '../domain/words';
import type { OverrideReason } from '../domain/reasons';

/** What the agent is to decide on a call. */
export interface MakerPlan {
  readonly decision: MakerDecision;
  /** From the catalogue; needed but for APPROVED. */
  readonly reason?: string;
}

/** One call as the script wants it. Without `maker` the call is not to come to a decision. */
export interface CallPlan {
  readonly customer: 'JOINS' | 'STAYS_AWAY';
  readonly maker?: MakerPlan;
}

export interface CheckerPlan {
  readonly decision: CheckerDecision;
  readonly reason?: string;
  readonly overrideReason?: OverrideReason;
}

/** One way a journey can go: what everybody in it does, and where it then ends. */
export interface Outcome {
  readonly name: string;
  /** How many of a block of journeys go this way (src/demo/scripts.ts). */
  readonly share: number;
  readonly status: ProfileStatus;
  /** Other ends it may have, where more than the script decides: in a day's trace, who comes first. */
  readonly also?: readonly ProfileStatus[];
  /** The reason it ends with when it ends with `status`; '' for none. */
  readonly reason: string;
  readonly capture: 'COMPLETE' | 'NEVER_OPENS' | 'WALKS_AWAY';
  /** The client cancels when the customer is this far. */
  readonly cancelled?: 'CAPTURING' | 'QUEUED' | 'IN_CALL';
  readonly calls: readonly CallPlan[];
  readonly checker?: CheckerPlan;
  /** Whether the customer comes back when his case was put off (SCHEDULED). */
  readonly comesBack: boolean;
  /** It ends by a timer of the policy: it runs beside the others, and needs a short link timer. */
  readonly byTimer: boolean;
}

const APPROVES: CallPlan = { customer: 'JOINS', maker: { decision: 'APPROVED' } };
const STAYS_AWAY: CallPlan = { customer: 'STAYS_AWAY' };
const rejects = (reason: string): CallPlan => ({
  customer: 'JOINS',
  maker: { decision: 'REJECTED', reason },
});
const utv = (reason: string): CallPlan => ({
  customer: 'JOINS',
  maker: { decision: 'UTV', reason },
});

const PLAIN = {
  share: 1,
  reason: '',
  capture: 'COMPLETE',
  comesBack: true,
  byTimer: false,
} as const;
const APPROVED = { ...PLAIN, status: 'APPROVED', checker: { decision: 'APPROVED' } } as const;
const CANCELLED = { ...PLAIN, status: 'CANCELLED' } as const;
const TIMED_OUT = {
  ...PLAIN,
  status: 'EXPIRED',
  reason: 'TECH_LINK_EXPIRED',
  comesBack: false,
  byTimer: true,
} as const;

/**
 * All the ways the demo knows, one row each. Together the shares make a block of at most 30, so that
 * 60 journeys show each way twice (outcomes.spec.ts).
 */
export const OUTCOMES: readonly Outcome[] = [
  { ...APPROVED, name: 'approved', share: 5, calls: [APPROVES] },
  {
    ...PLAIN,
    name: 'rejected',
    status: 'REJECTED',
    reason: 'BIZ_DOC_TAMPERED',
    calls: [rejects('BIZ_DOC_TAMPERED')],
    checker: { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED' },
  },
  {
    ...PLAIN,
    name: 'rejected against the maker',
    status: 'REJECTED',
    reason: 'BIZ_SPOOF_SUSPECTED',
    calls: [APPROVES],
    checker: {
      decision: 'REJECTED',
      reason: 'BIZ_SPOOF_SUSPECTED',
      overrideReason: 'EVIDENCE_INSUFFICIENT',
    },
  },
  {
    ...APPROVED,
    name: 'approved against the maker',
    calls: [rejects('BIZ_PAN_NOT_ORIGINAL')],
    checker: { decision: 'APPROVED', overrideReason: 'MAKER_ERROR' },
  },
  {
    ...PLAIN,
    name: 'unable to verify at once',
    status: 'UNABLE_TO_VERIFY',
    reason: 'BIZ_NAME_MISMATCH_PAN_AADHAAR',
    calls: [utv('BIZ_NAME_MISMATCH_PAN_AADHAAR')],
  },
  {
    ...PLAIN,
    name: 'unable to verify in all attempts',
    status: 'UNABLE_TO_VERIFY',
    reason: 'BIZ_INSUFFICIENT_LIGHTING',
    calls: [1, 2, 3].map(() => utv('BIZ_INSUFFICIENT_LIGHTING')),
  },
  {
    ...APPROVED,
    name: 'queued again, then approved',
    calls: [utv('TECH_CUSTOMER_AUDIO_NOT_WORKING'), APPROVES],
  },
  {
    ...APPROVED,
    name: 'queued again at the head, then approved',
    calls: [utv('TECH_CALL_DROPPED_AGENT'), APPROVES],
  },
  {
    ...APPROVED,
    name: 'captured again, then approved',
    calls: [utv('BIZ_PAN_IMAGE_NOT_CLEAR'), APPROVES],
  },
  {
    ...APPROVED,
    name: 'put off, then approved',
    calls: [utv('BIZ_CUSTOMER_BUSY_CALL_LATER'), APPROVES],
  },
  { ...APPROVED, name: 'missed one call, then approved', calls: [STAYS_AWAY, APPROVES] },
  { ...CANCELLED, name: 'cancelled while capturing', cancelled: 'CAPTURING', calls: [] },
  { ...CANCELLED, name: 'cancelled in line', cancelled: 'QUEUED', calls: [] },
  {
    ...CANCELLED,
    name: 'cancelled in the call',
    cancelled: 'IN_CALL',
    calls: [{ customer: 'JOINS' }],
  },
  { ...TIMED_OUT, name: 'link never opened', capture: 'NEVER_OPENS', calls: [] },
  { ...TIMED_OUT, name: 'left while capturing', capture: 'WALKS_AWAY', calls: [] },
  { ...TIMED_OUT, name: 'never joined a call', calls: [STAYS_AWAY, STAYS_AWAY] },
];
