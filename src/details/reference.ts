import { containsAadhaar } from './aadhaar';
import { isPan } from './field-checks';

/**
 * ExtReferenceID: 1–64 letters, digits, `.` `_` `:` `-`, the first a letter or digit. No slash and
 * no leading dot, so it stands unescaped in a URL's path (RFC 3986 unreserved, and `:`), in log lines
 * and in search queries.
 */
const PATTERN = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

export type ReferenceProblem = 'PAN' | 'AADHAAR_NUMBER' | 'EMAIL' | 'PATTERN';

/**
 * Why an ExtReferenceID cannot be taken. It stands in clear in the log, in Temporal and in webhooks,
 * so one that says who the customer is, is refused: a PAN (alone or as a part between separators),
 * an Aadhaar number, an e-mail address.
 */
export function referenceProblem(reference: string): ReferenceProblem | undefined {
  const parts = reference.toUpperCase().split(/[^A-Z0-9]+/);
  if ([...parts, parts.join('')].some(isPan)) return 'PAN';
  if (containsAadhaar(reference)) return 'AADHAAR_NUMBER';
  if (/[^\s@]@[^\s@]/.test(reference)) return 'EMAIL';
  return PATTERN.test(reference) ? undefined : 'PATTERN';
}

/** Whether an ExtReferenceID would show who the customer is. */
export function isForbiddenReference(reference: string): boolean {
  const problem = referenceProblem(reference);
  return problem !== undefined && problem !== 'PATTERN';
}
