import { aadhaarPaths } from './aadhaar';
import {
  isAadhaarLast4,
  isCountry,
  isDateOfBirth,
  isEmail,
  isGender,
  isLine,
  isPan,
  isPersonName,
  isPhone,
  isPostalCode,
  type Gender,
} from './field-checks';

export interface Address {
  readonly line1: string;
  readonly line2?: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Who the customer is, as the client gave it. Lies encrypted in the vault and nowhere else. */
export interface ProfileDetails {
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly dob: string;
  readonly gender?: Gender;
  /** E.164. */
  readonly phone: string;
  readonly email?: string;
  readonly panNumber: string;
  readonly aadhaarLast4?: string;
  readonly address: Address;
}

export type DetailProblemCode = 'REQUIRED' | 'NOT_VALID' | 'UNKNOWN_FIELD' | 'AADHAAR_NUMBER';

/** What is wrong where; never the value. */
export interface DetailProblem {
  /** `panNumber`, `address.city`; `` for the whole. */
  readonly path: string;
  readonly code: DetailProblemCode;
}

interface Field {
  readonly required: boolean;
  readonly valid: (value: unknown, siblings: Record<string, unknown>, now: Date) => boolean;
}

const required = (valid: Field['valid']): Field => ({ required: true, valid });
const optional = (valid: Field['valid']): Field => ({ required: false, valid });

const ADDRESS: Readonly<Record<keyof Address, Field>> = {
  line1: required((value) => isLine(value, 120)),
  line2: optional((value) => isLine(value, 120)),
  city: required((value) => isLine(value, 60)),
  state: required((value) => isLine(value, 60)),
  postalCode: required((value, { country }) => isPostalCode(value, country)),
  country: required(isCountry),
};

const DETAILS: Readonly<Record<keyof ProfileDetails, Field>> = {
  name: required(isPersonName),
  dob: required((value, _, now) => isDateOfBirth(value, now)),
  gender: optional(isGender),
  phone: required(isPhone),
  email: optional(isEmail),
  panNumber: required(isPan),
  aadhaarLast4: optional(isAadhaarLast4),
  address: required(isRecord),
};

/**
 * A phone number with country code 91 is twelve digits long, and every tenth passes for an Aadhaar
 * number; its own check demands the plus.
 */
const NOT_SEARCHED = ['phone'];

/** Everything that is wrong with given details; none when they are {@link ProfileDetails}. */
export function detailProblems(value: unknown, now: Date): readonly DetailProblem[] {
  if (!isRecord(value)) return [{ path: '', code: 'NOT_VALID' }];
  const problems = fieldProblems('', DETAILS, value, now);
  if (isRecord(value['address'])) {
    problems.push(...fieldProblems('address.', ADDRESS, value['address'], now));
  }
  const searched = isPhone(value['phone']) ? NOT_SEARCHED : [];
  for (const path of aadhaarPaths(value, searched)) problems.push({ path, code: 'AADHAAR_NUMBER' });
  return problems;
}

/** Whether a value is complete and valid details; {@link detailProblems} says why not. */
export function isProfileDetails(value: unknown, now: Date): value is ProfileDetails {
  return detailProblems(value, now).length === 0;
}

function fieldProblems(
  prefix: string,
  fields: Readonly<Record<string, Field>>,
  given: Record<string, unknown>,
  now: Date,
): DetailProblem[] {
  const problems: DetailProblem[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const path = prefix + name;
    if (value === undefined) {
      if (field.required) problems.push({ path, code: 'REQUIRED' });
    } else if (!field.valid(value, given, now)) {
      problems.push({ path, code: 'NOT_VALID' });
    }
  }
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(fields, name)) continue;
    // A stranger's name may itself be personal; only an ordinary identifier is repeated.
    const shown = /^[A-Za-z]{1,40}$/.test(name) ? name : '?';
    problems.push({ path: prefix + shown, code: 'UNKNOWN_FIELD' });
  }
  return problems;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
