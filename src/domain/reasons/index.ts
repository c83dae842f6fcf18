import { Refusal } from '../refusal';
import { BUSINESS_REASONS } from './business';
import type { Reason, ReasonUse } from './reason';
import { TECHNICAL_REASONS } from './technical';

export type { Disposition, Reason, ReasonClass, ReasonUse } from './reason';

/** The catalogue: field-wide agent and auditor practice, RBI KYC Directions 2025, 100ms leave reasons. */
export const REASONS: readonly Reason[] = [...BUSINESS_REASONS, ...TECHNICAL_REASONS];

const BY_CODE: ReadonlyMap<string, Reason> = new Map(REASONS.map((r) => [r.code, r]));

/** Why a checker decided against the maker; not a reason against the customer. */
export const OVERRIDE_REASONS = [
  'EVIDENCE_SUFFICIENT',
  'EVIDENCE_INSUFFICIENT',
  'MAKER_ERROR',
  'POLICY_NOT_APPLIED',
] as const;
export type OverrideReason = (typeof OVERRIDE_REASONS)[number];

/** The catalogue's entry, for codes the product itself uses. */
export function reason(code: string): Reason {
  const found = BY_CODE.get(code);
  if (!found) throw new Error(`no such reason: ${code}`);
  return found;
}

/** The entry of a code somebody chose, or a refusal: promise 5, no UTV or rejection without one. */
export function requireReason(code: string | undefined, use: ReasonUse): Reason {
  if (code === undefined || code === '')
    throw new Refusal('REASON_REQUIRED', `${use} needs a reason code from the catalogue`);
  const found = BY_CODE.get(code);
  if (!found?.allowedFor.includes(use)) {
    throw new Refusal('REASON_NOT_ALLOWED', `the reason is not in the catalogue for ${use}`);
  }
  return found;
}
