/** The product's words (docs/architecture.md): who acts, where a profile stands, what is decided. */

export const ACTOR_TYPES = [
  'CLIENT',
  'CUSTOMER',
  'AGENT',
  'REVIEWER',
  'SUPERVISOR',
  'OPERATIONS',
  'SYSTEM',
] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

/** Who causes a command. The API fills it in from a verified credential, never from a body. */
export interface Actor {
  readonly type: ActorType;
  /** Opaque id of the person or key; for `SYSTEM` the part that acted, e.g. `timer`. */
  readonly id: string;
}

export const SYSTEM: Actor = { type: 'SYSTEM', id: 'system' };

export const PROFILE_STATUSES = [
  'CAPTURE_PENDING',
  'CAPTURE_IN_PROGRESS',
  'SCHEDULED',
  'QUEUED',
  'IN_CALL',
  'DECISION_PENDING',
  'REVIEW_PENDING',
  'IN_REVIEW',
  'ON_HOLD',
  'APPROVED',
  'REJECTED',
  'UNABLE_TO_VERIFY',
  'EXPIRED',
  'CANCELLED',
] as const;
export type ProfileStatus = (typeof PROFILE_STATUSES)[number];

export const FINAL_STATUSES: readonly ProfileStatus[] = [
  'APPROVED',
  'REJECTED',
  'UNABLE_TO_VERIFY',
  'EXPIRED',
  'CANCELLED',
];

export function isFinal(status: string): boolean {
  return FINAL_STATUSES.some((final) => final === status);
}

export const MAKER_DECISIONS = ['APPROVED', 'REJECTED', 'UTV'] as const;
export type MakerDecision = (typeof MAKER_DECISIONS)[number];

export const CHECKER_DECISIONS = ['APPROVED', 'REJECTED', 'SENT_BACK'] as const;
export type CheckerDecision = (typeof CHECKER_DECISIONS)[number];

/** Where a checker sends a case back to: the evidence at hand, a new call, or new captures. */
export const SEND_BACK_TO = ['MAKER', 'NEW_CALL', 'RECAPTURE'] as const;
export type SendBackTo = (typeof SEND_BACK_TO)[number];

/** How somebody went from the call, as his client says it. */
export const LEAVE_CAUSES = ['LEFT', 'CONNECTION_LOST'] as const;
export type LeaveCause = (typeof LEAVE_CAUSES)[number];

export const VERDICTS = ['PASS', 'FAIL', 'NA'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const DOCUMENT_KINDS = [
  'PAN_CARD',
  'AADHAAR_MASKED',
  'PASSPORT',
  'DRIVING_LICENCE',
  'VOTER_ID',
  'ADDRESS_PROOF',
  'CUSTOMER_PHOTO',
  'SIGNATURE',
  'CALL_CAPTURE',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Why a customer's client cannot send the image that the agent asked for, as it says. */
export const CAPTURE_FAILURES = ['NO_CAMERA', 'DENIED', 'FAILED', 'DECLINED'] as const;
export type CaptureFailure = (typeof CAPTURE_FAILURES)[number];

/** Which of the profile's details a task checks. The values themselves are never in a workflow. */
export const DETAIL_FIELDS = [
  'name',
  'dob',
  'gender',
  'phone',
  'email',
  'panNumber',
  'aadhaarLast4',
  'address',
] as const;
export type DetailField = (typeof DETAIL_FIELDS)[number];

export const CANCEL_REASONS = ['CUSTOMER_WITHDREW', 'CLIENT_REQUEST', 'CREATED_IN_ERROR'] as const;
/** Besides: what operations did to the run in Temporal. */
export type CancelReason =
  (typeof CANCEL_REASONS)[number] | 'OPERATOR_CANCELLED' | 'OPERATOR_TERMINATED';

/** Why a supervisor gives a case another queue or priority. */
export const REROUTE_REASONS = [
  'VULNERABLE_CUSTOMER',
  'COMPLAINT',
  'WAITED_TOO_LONG',
  'WRONG_QUEUE',
  'OTHER',
] as const;
export type RerouteReason = (typeof REROUTE_REASONS)[number];

/** Why a supervisor takes an agent out of the line. */
export const PULL_REASONS = ['QUALITY', 'SECURITY', 'TECHNICAL', 'STAFFING', 'OTHER'] as const;
export type PullReason = (typeof PULL_REASONS)[number];

/** Why a supervisor closes a queue. */
export const CLOSE_REASONS = ['STAFFING', 'OUTAGE', 'SECURITY', 'HOLIDAY', 'OTHER'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** Why a supervisor ends a call that does not go on, or whose agent does not decide. */
export const RELEASE_REASONS = ['AGENT_UNREACHABLE', 'TECHNICAL', 'STUCK', 'OTHER'] as const;
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

/** Who is at fault for an end or a reason. */
export type Party = 'CUSTOMER' | 'AGENT' | 'PLATFORM' | 'SOURCE';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [k: string]: Json };
