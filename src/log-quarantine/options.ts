import { BLANK_COLUMNS } from '../domain/log-row';
import { Flags } from '../local/flags';

/** What `npm run log:quarantine -- …` is to do. */
export type QuarantineOptions =
  | { readonly act: 'list'; readonly ouid: string | undefined }
  | {
      readonly act: 'replay';
      readonly ouid: string | undefined;
      readonly eventId: string | undefined;
      /** Fields of the one row, as they should have been. */
      readonly mended: Readonly<Record<string, unknown>>;
    };

const USAGE =
  'After `npm run log:quarantine --`: list [--ouid OUID], or replay [--ouid OUID] ' +
  '[--event EVENT_ID [--set \'{"field": value, …}\']].';
const VALUES = ['ouid', 'event', 'set'] as const;

const FIELDS: readonly string[] = [
  ...Object.keys(BLANK_COLUMNS),
  ...['ouid', 'stream', 'streamId', 'seq', 'eventType', 'occurredAt'],
  ...['actorType', 'actorId', 'details'],
];

/** @throws StartError for what is missing, does not exist or makes no sense. */
export function parseQuarantineOptions([act, ...rest]: readonly string[]): QuarantineOptions {
  const flags = new Flags(rest, { values: VALUES }, USAGE);
  const ouid = flags.text('ouid');
  const eventId = flags.text('event');
  const set = flags.text('set');
  if (act === 'list') {
    if (eventId ?? set) throw flags.refusal('list takes --ouid alone');
    return { act, ouid };
  }
  if (act !== 'replay') throw flags.refusal('say list or replay');
  if (set === undefined) return { act, ouid, eventId, mended: {} };
  if (eventId === undefined) throw flags.refusal('--set mends one row: name it with --event');
  const mended = objectIn(set);
  if (!mended) throw flags.wrong('set', 'a JSON object', set);
  const unknown = Object.keys(mended).filter((name) => !FIELDS.includes(name));
  if (unknown.length > 0) throw flags.refusal(`a log row has no ${unknown.join(', ')}`);
  return { act, ouid, eventId, mended };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
