/**
 * The few pieces of SQL text this process writes itself. Everything a caller supplies goes
 * through one of the two quoting functions; nothing else is ever put into a statement.
 */
import { ClickHouseException } from './errors';

const NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/;

/** Where an official client puts the format, and where ours is added when it is missing. */
const FORMAT_AT_END = /\s+FORMAT\s+(?<format>[A-Za-z]\w*)[\s;]*$/i;
const LEADING_NOISE = /^(?:\s+|--[^\n]*(?:\n|$)|#[ !][^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()+/;

/**
 * A string literal. In single quotes ClickHouse knows two special characters, the quote and the
 * backslash; every other one, NUL and newline included, stands for itself.
 */
export function quoteString(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** An identifier, for `USE`. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&')}\``;
}

/** One assignment of a `SET`; values are literals, names cannot be quoted and are checked. */
export function assignment(name: string, value: string): string {
  if (!NAME.test(name)) {
    throw new ClickHouseException(115, 'UNKNOWN_SETTING', `Unknown setting ${quoteString(name)}.`);
  }
  return `${name} = ${quoteString(value)}`;
}

/** Splits `… FORMAT X` at the end of a statement into the statement and X. */
export function splitFormat(sql: string): { statement: string; format: string | undefined } {
  const match = FORMAT_AT_END.exec(sql);
  if (match === null) return { statement: sql.replace(/[\s;]+$/, ''), format: undefined };
  return { statement: sql.slice(0, match.index), format: match.groups?.['format'] };
}

/** The first word in capitals, past comments and opening brackets; empty when there is none. */
export function firstWord(sql: string): string {
  const word = /^[A-Za-z]+/.exec(sql.replace(LEADING_NOISE, ''));
  return word === null ? '' : word[0].toUpperCase();
}

/** Whether the rows of this insert may follow it as bytes of their own. */
export function takesRows(sql: string): boolean {
  return firstWord(sql) === 'INSERT' && (FORMAT_AT_END.test(sql) || /\bVALUES\s*$/i.test(sql));
}
