import type { DeclaredTemplate } from './declared-template';
import type { RequiredSetting } from './guide';
import { isObject, leavesOf, valueAt, type Json } from './json';

/** A field that was read back as something else than it was declared. */
export interface Difference {
  readonly field: string;
  /** The setting that is lost by it; undefined when the call can do without. */
  readonly setting: string | undefined;
  /** For people; values of credentials are not shown. */
  readonly text: string;
}

/** As `GET` has it: the template, and beside its parts the recordings. */
export type ReadTemplate = Readonly<Record<string, unknown>>;

export function differencesOf(
  { template, recordings }: DeclaredTemplate,
  read: ReadTemplate,
  required: readonly RequiredSetting[],
): Difference[] {
  const changed = leavesOf({ ...template, recordings })
    .filter(([field, value]) => !isSame(value, valueAt(read, shownAs(field))))
    .map(([field, value]) => ({
      field,
      setting: required.find((row) => covers(row.field, field))?.setting,
      text: `${field}: ${shown(field, value)} wanted, ${shown(field, valueAt(read, shownAs(field)))} read`,
    }));
  return [...changed, ...foreignRoles(template['roles'], read['roles'])];
}

/** Whoever has a token for a role that is not ours comes in by rules that are not ours. */
function foreignRoles(declared: unknown, read: unknown): Difference[] {
  const ours = isObject(declared) ? Object.keys(declared) : [];
  return Object.keys(isObject(read) ? read : {})
    .filter((role) => !ours.includes(role))
    .map((role) => ({
      field: `roles.${role}`,
      setting: 'no roles but ours',
      text: `roles.${role}: not declared, but there`,
    }));
}

/** False, nought and empty may be left out of an answer; a list of words may come in any order. */
function isSame(declared: Json, read: unknown): boolean {
  if (isNothing(declared) && isNothing(read)) return true;
  if (!Array.isArray(declared) || !Array.isArray(read)) return declared === read;
  return sorted(declared) === sorted(read);
}

function sorted(list: readonly unknown[]): string {
  return JSON.stringify([...list].sort());
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

function covers(row: string, field: string): boolean {
  return field === row || field.startsWith(`${row}.`);
}

/** A secret goes in by one name and comes out by another. */
function shownAs(field: string): string {
  return field.replace(/credentials\.secretKey$/, 'credentials.secret');
}

function shown(field: string, value: unknown): string {
  if (value === undefined) return 'nothing';
  return field.includes('.credentials.') ? '(a credential)' : JSON.stringify(value);
}
