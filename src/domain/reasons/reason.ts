import type { Party } from '../words';

export type ReasonClass = 'BUSINESS' | 'TECHNICAL';
export type ReasonUse = 'UTV' | 'REJECT' | 'SEND_BACK';

/** What follows a UTV with this reason, while the policy's attempts last. */
export type Disposition = 'REQUEUE_HEAD' | 'REQUEUE' | 'RECAPTURE' | 'RESCHEDULE' | 'HOLD' | 'END';

/**
 * One entry of the catalogue. Codes are append-only; an organization may relabel or disable one but
 * never re-class it, because insights compare classes across organizations.
 */
export interface Reason {
  readonly code: string;
  readonly label: string;
  readonly class: ReasonClass;
  readonly party: Party;
  readonly allowedFor: readonly ReasonUse[];
  readonly disposition: Disposition;
  /** How many AV sessions may end with this reason before the case ends; 0 = the first ends it. */
  readonly maxAttempts: number;
  /** How long the customer has to wait before the next attempt, minutes. */
  readonly cooldownMinutes: number;
  /** Key of the text a customer may see. Vague on purpose where telling would tip him off. */
  readonly customerMessageKey: string;
}

/** One row of the catalogue's table. */
export function entry(
  reasonClass: ReasonClass,
  code: string,
  label: string,
  party: Party,
  allowedFor: readonly ReasonUse[],
  disposition: Disposition,
  maxAttempts: number,
  cooldownMinutes: number,
  customerMessageKey: string,
): Reason {
  return {
    code,
    label,
    class: reasonClass,
    party,
    allowedFor,
    disposition,
    maxAttempts,
    cooldownMinutes,
    customerMessageKey,
  };
}
