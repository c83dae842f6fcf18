import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_SAMPLES } from './own-samples';

/** The published answers of the API, where they lie beside the project (or are named). */
const PUBLISHED = [
  process.env['VKYC_HUNDREDMS_SAMPLES'] ?? '',
  join(__dirname, '../../../shared/data/100ms/rest'),
].find((path) => path !== '' && existsSync(path));

export interface Sample {
  /** `Rooms__retrieve-room.0 (published)` */
  readonly title: string;
  /** As the table of the spec has it, with or without the number. */
  readonly name: string;
  readonly body: unknown;
}

const own = Object.entries(OWN_SAMPLES).map(([name, body]) => ({
  title: `${name} (own)`,
  name,
  body,
}));

const published = (PUBLISHED === undefined ? [] : readdirSync(PUBLISHED))
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const name = file.replace(/\.json$/, '');
    const body: unknown = JSON.parse(readFileSync(join(PUBLISHED ?? '', file), 'utf8'));
    return { title: `${name} (published)`, name, body };
  });

/** Pages of calls that the product does not make, or of things that it does not have. */
const UNUSED =
  /^(room-codes__|active-rooms__(remove-peers|retrieve-peer|send-message|update-a-peer)|analytics__(error|peer|recording)|policy__(create-update-role|retrieve-a-role|retrieve-settings|update-destinations|update-settings)|recordings__(pause|resume)|recording-assets__get-asset\.[23467]$)/;

export const USED: readonly Sample[] = [...own, ...published].filter(
  ({ name }) => !UNUSED.test(name),
);

/** What stands in `table` for a sample: for its own number, or for its page. */
export function entryFor<T>(table: Readonly<Record<string, T>>, { name }: Sample): T | undefined {
  return table[name] ?? table[name.replace(/\.\d+$/, '')];
}

/** Every place in a body: `.peers.*.role`; ids as names are `*`, lists are one place. */
export function placesOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Array.isArray(value)
    ? value.flatMap((item) => placesOf(item, `${at}[]`))
    : Object.entries(value).flatMap(([name, item]) =>
        placesOf(item, `${at}.${/^[0-9a-f-]{24,}$/.test(name) ? '*' : name}`),
      );
  return [at, ...inner];
}
