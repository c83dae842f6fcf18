/**
 * Checks of single fields. Each takes anything and only answers, so that class-validator decorators
 * and parseProfileDetails share them.
 */

export const GENDERS = ['FEMALE', 'MALE', 'TRANSGENDER', 'OTHER'] as const;
export type Gender = (typeof GENDERS)[number];

/**
 * Permanent Account Number: three letters, the holder's type (P = individual, C company, H family,
 * F firm, A, B, T, L, J, G, E), a letter, four digits, a check letter whose rule is not published.
 */
const PAN = /^[A-Z]{3}[ABCEFGHJLPT][A-Z]\d{4}[A-Z]$/;

export function isPan(value: unknown): value is string {
  return typeof value === 'string' && PAN.test(value);
}

/** ITU-T E.164 with its plus. Codes that no country has are refused, and numbers no Indian has. */
export function isPhone(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\+[1-9]\d{6,14}$/.test(value)) return false;
  // Spare or reserved codes (ITU-T E.164 list of assigned codes): 28x, 83x, 89x, 990, 991, 997, 999.
  if (/^\+(28|83|89|99[0179])/.test(value)) return false;
  return !value.startsWith('+91') || /^\+91[1-9]\d{9}$/.test(value);
}

/** RFC 5321's lengths and the plain form people have; no quoted parts, no bare host. */
export function isEmail(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 254 &&
    /^[^\s@"(),:;<>[\\\]]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i.test(
      value,
    )
  );
}

/** `YYYY-MM-DD`, a day that existed, from 1900 on, not after `now` (UTC). Minors are a reason, not an error. */
export function isDateOfBirth(value: unknown, now: Date): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  // 2023-02-30 becomes March 2, or invalid: both differ from what was given.
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value) return false;
  return value >= '1900-01-01' && day.getTime() <= now.getTime();
}

export function isAadhaarLast4(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}$/.test(value);
}

export function isGender(value: unknown): value is Gender {
  return GENDERS.some((gender) => gender === value);
}

/** One line of visible text, trimmed, of at most `max` UTF-16 units. */
export function isLine(value: unknown, max: number): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= max &&
    value.trim() === value &&
    // Control characters, line breaks, halves of surrogate pairs.
    !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(value)
  );
}

/** A person's name: one line with at least one letter of any script. */
export function isPersonName(value: unknown): value is string {
  return isLine(value, 120) && /\p{L}/u.test(value);
}

/** ISO 3166-1 alpha-2, by form. */
export function isCountry(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{2}$/.test(value);
}

/** Six digits not beginning with 0 in India (India Post), else 2–12 letters, digits, spaces, hyphens. */
export function isPostalCode(value: unknown, country: unknown): value is string {
  if (typeof value !== 'string') return false;
  return country === 'IN'
    ? /^[1-9]\d{5}$/.test(value)
    : /^[A-Za-z0-9][A-Za-z0-9 -]{0,10}[A-Za-z0-9]$/.test(value);
}
