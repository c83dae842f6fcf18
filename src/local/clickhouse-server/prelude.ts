/**
 * What is said to a fresh session before its one statement: database, settings, parameters.
 *
 * Settings go by `SET` into a session that lives for this request only, so nothing can be left
 * over for the next one, whatever fails. Parameters go by `SET param_x`, whose value the engine
 * binds itself by the declared type; the only text made here is a string literal. (The native
 * call with parameters is not used: it serialises all sessions, and chdb's JavaScript escapes
 * once more what the client has escaped already.)
 */
import { assignment, quoteIdentifier } from './sql';
import { type Statement } from './statement';

/** The engine's default `max_query_size`: no statement of ours may be longer either. */
const LONGEST_STATEMENT = 262_144;

export function preludeOf(statement: Statement): readonly string[] {
  const { database, settings, parameters } = statement;
  return [
    ...(database === undefined || database === '' ? [] : [`USE ${quoteIdentifier(database)}`]),
    ...bindParameters(assignments(parameters)),
    // Last, for `readonly` among them forbids any further SET.
    ...(settings.size === 0 ? [] : [`SET ${assignments(settings)}`]),
  ];
}

/** Parameters have no limit on a real server, so the limit on statements is lifted meanwhile. */
function bindParameters(text: string): string[] {
  if (text === '') return [];
  const size = Buffer.byteLength(text) + 'SET '.length;
  if (size < LONGEST_STATEMENT) return [`SET ${text}`];
  return [
    `SET max_query_size = ${size + 1}`,
    `SET ${text}`,
    `SET max_query_size = ${LONGEST_STATEMENT}`,
  ];
}

function assignments(values: ReadonlyMap<string, string>): string {
  return [...values].map(([name, value]) => assignment(name, value)).join(', ');
}
