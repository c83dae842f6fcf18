import { isVerhoeff } from './verhoeff';

/**
 * Finds full Aadhaar numbers, which this product never stores (RBI KYC Directions: redact or black
 * out; UIDAI: 12 digits, the first 2–9, the last a Verhoeff check digit).
 *
 * A number is recognised in any Unicode digits, whole or split by spaces and hyphens at any place,
 * or 4-4-4 by other punctuation. It begins and ends where a group of digits does: a number inside a
 * longer row of digits (a 13-digit timestamp) is none, or one timestamp in twelve would be refused.
 */
const LENGTH = 12;
const GAP = String.raw`[\s\p{Z}\p{Pd}]{1,3}`;
const SPLIT_ANYWHERE = new RegExp(String.raw`\d+(?:${GAP}\d+)*`, 'gu');
/** Looks ahead only, so that overlapping candidates are all seen. */
const FOURS = /(?<!\d)(?=(\d{4}[^\d\p{L}]{1,3}\d{4}[^\d\p{L}]{1,3}\d{4})(?!\d))/gu;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-([0-9a-f]{12})/gi;
/** 2026-01-31-…: nobody groups an Aadhaar number so, while case references are written like this. */
const DATED = /^(?:19|20)\d\d\D(?:0[1-9]|1[0-2])\D(?:0[1-9]|[12]\d|3[01])\D/u;

/** Whether a text holds a full Aadhaar number (or 12 digits that cannot be told from one). */
export function containsAadhaar(text: string): boolean {
  const plain = asciiDigits(text)
    // Of a UUID only its last part can be a number in itself.
    .replace(UUID, (_, last: string) => `u${last}u`);
  for (const [, fours = ''] of plain.matchAll(FOURS)) {
    if (isAadhaar(fours.replace(/\D/gu, ''))) return true;
  }
  for (const [run] of plain.matchAll(SPLIT_ANYWHERE)) {
    if (holdsAadhaar(run)) return true;
  }
  return false;
}

/**
 * Where in a JSON value a full Aadhaar number stands, as paths such as `address.line1`: in texts,
 * numbers and names of fields. Never the number itself: `?` stands for any name that is not an
 * ordinary identifier.
 * `except` names paths that are not looked at.
 */
export function aadhaarPaths(value: unknown, except: readonly string[] = []): readonly string[] {
  const found: string[] = [];
  const waiting: { path: string; at: unknown }[] = [{ path: '', at: value }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, at } = next;
    if (except.includes(path)) continue;
    if (typeof at === 'string' || typeof at === 'number') {
      if (containsAadhaar(String(at))) found.push(path);
    } else if (typeof at === 'object' && at !== null) {
      for (const [name, inner] of Object.entries(at)) {
        const shown = /^[A-Za-z0-9_]{1,40}$/.test(name) && !containsAadhaar(name) ? name : '?';
        const innerPath = path === '' ? shown : `${path}.${shown}`;
        if (containsAadhaar(name)) found.push(innerPath);
        waiting.push({ path: innerPath, at: inner });
      }
    }
  }
  return found.sort();
}

/** Neighbouring groups that make up exactly twelve digits. */
function holdsAadhaar(run: string): boolean {
  if (run.length < LENGTH) return false;
  const groups = [...run.matchAll(/\d+/gu)];
  return groups.some((first, i) => {
    if (DATED.test(run.slice(first.index))) return false;
    let digits = '';
    for (let j = i; j < groups.length && digits.length < LENGTH; j += 1) {
      digits += groups[j]?.[0] ?? '';
    }
    return isAadhaar(digits);
  });
}

function isAadhaar(digits: string): boolean {
  return digits.length === LENGTH && /^[2-9]/.test(digits) && isVerhoeff(digits);
}

/** Superscripts, full-width and all scripts' digits as ASCII; invisible characters gone. */
function asciiDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\P{Nd}0-9]/gu, (digit) => String(digitValue(digit)));
}

/** Decimal digits stand in Unicode in rows of ten, zero first (Unicode standard, 4.6). */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}
