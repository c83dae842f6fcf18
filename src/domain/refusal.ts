/**
 * Why a command was refused. A code is part of the API's contract (docs/errors.md): it is never
 * renamed, and each has one HTTP status in api/common/problem-types.ts.
 */
export const REFUSAL_CODES = [
  'ACTOR_NOT_ALLOWED',
  'AGENT_NOT_ONLINE',
  'CALL_NOT_OPEN',
  'CAPTURE_REQUEST_GONE',
  'CAPTURE_SESSION_CLOSED',
  'COMMAND_LIMIT',
  'CONSENT_REQUIRED',
  'CONSENT_VERSION_UNKNOWN',
  'DESK_FULL',
  'DOCUMENT_LIMIT',
  'DOCUMENT_MISSING',
  'DOCUMENT_UNKNOWN',
  'HOLD_CONFLICT',
  'HOLD_LIMIT',
  'HOLD_UNKNOWN',
  'LINK_NOT_VALID',
  'NO_QUEUE_FITS',
  'NOT_ASSIGNED',
  'OFFER_GONE',
  'OFFER_OPEN',
  'OVERRIDE_REASON_REQUIRED',
  'PROFILE_FINAL',
  'PROFILE_UNKNOWN',
  'QUEUE_CLOSED',
  'QUEUE_UNKNOWN',
  'REASON_NOT_ALLOWED',
  'REASON_REQUIRED',
  'RECORDING_NOT_ON_REQUEST',
  'REMARK_REQUIRED',
  'REVIEW_INCOMPLETE',
  'ROOM_NOT_READY',
  'SELF_REVIEW',
  'SEND_BACK_TARGET_REQUIRED',
  'SETTINGS_CONFLICT',
  'SIGNAL_NOT_VALID',
  'SLOT_NOT_VALID',
  'TASK_LIMIT',
  'TASK_OPEN',
  'TASK_UNKNOWN',
  'TOKEN_EXPIRED',
  'TOKEN_INVALID',
  'TOKEN_OF_ANOTHER_PROFILE',
  'TOKEN_USED',
  'TRAINING_EXPIRED',
  'WRONG_STATUS',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Thrown inside a machine, returned by its `step`: a refused command changes nothing. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    /** A sentence for the caller's developer. Holds ids and codes, never personal data. */
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Refusal';
  }
}

/** The type ApplicationFailures carry when a command was refused; their details are [code, detail]. */
export const REFUSAL_FAILURE = 'Refusal';
