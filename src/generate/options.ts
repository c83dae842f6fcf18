import { Flags } from '../local/flags';

/** The flags of `npm run generate -- …`. */
export interface GenerateOptions {
  readonly events: number;
  readonly organizations: number;
  readonly seed: number;
  /** Of the first organization; the others are `past-2`, `past-3` … */
  readonly ouid: string;
  /** A ClickHouse that runs; '' for the embedded one in `dataDir`. */
  readonly url: string;
  readonly database: string;
  readonly dataDir: string;
}

const USAGE =
  'Flags, after `npm run generate --`: --events N --organizations K --seed S --ouid ID, and where: ' +
  '--data-dir DIR (of an `npm start` that does not run; a new one is made), or --url URL --database NAME ' +
  '(CLICKHOUSE_USER and CLICKHOUSE_PASSWORD from the environment).';

const MOST_EVENTS = 100_000_000;
const MOST_ORGANIZATIONS = 100;
const OUID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** @throws StartError for a flag that does not exist or makes no sense. */
export function parseGenerateOptions(args: readonly string[]): GenerateOptions {
  const values = [
    'events',
    'organizations',
    'seed',
    'ouid',
    'url',
    'database',
    'data-dir',
  ] as const;
  const flags = new Flags(args, { values }, USAGE);
  const url = flags.text('url') ?? '';
  const dataDir = flags.text('data-dir') ?? '';
  if ((url === '') === (dataDir === '')) throw flags.refusal('Say one of --url and --data-dir');
  const ouid = flags.text('ouid') ?? 'past-1';
  if (!OUID.test(ouid)) throw flags.wrong('ouid', 'lower case letters, digits and -', ouid);
  return {
    events: flags.count('events', MOST_EVENTS) ?? 100_000,
    organizations: flags.count('organizations', MOST_ORGANIZATIONS) ?? 3,
    seed: flags.number('seed') ?? 1,
    ouid,
    url,
    database: flags.text('database') ?? 'vkyc',
    dataDir,
  };
}
