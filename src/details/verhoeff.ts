/**
 * The Verhoeff checksum (J. Verhoeff, Error Detecting Decimal Codes, 1969), which Aadhaar numbers
 * carry in their last digit. It detects every single wrong digit and every swap of neighbours.
 */

/** a ∘ b in the dihedral group D5: 0–4 are rotations, 5–9 reflections. */
function compose(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
  return b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5;
}

/** The permutation applied once per position from the right. */
const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

function permute(digit: number, times: number): number {
  let result = digit;
  for (let i = 0; i < times; i += 1) result = PERMUTATION[result] ?? result;
  return result;
}

/** Whether ASCII digits, the check digit last, satisfy the checksum. */
export function isVerhoeff(digits: string): boolean {
  let sum = 0;
  // The permutation has period 8.
  for (let i = 0; i < digits.length; i += 1) {
    sum = compose(sum, permute(Number(digits[digits.length - 1 - i]), i % 8));
  }
  return digits.length > 0 && sum === 0;
}
