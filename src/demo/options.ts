import { Flags } from '../local/flags';

/** The flags of `npm run demo -- …`. */
export interface DemoOptions {
  readonly profiles: number;
  /** Undefined: as many as the trace has, or 4. */
  readonly agents: number | undefined;
  readonly reviewers: number | undefined;
  readonly seed: number;
  /** Sets this run's cases apart from those of another run with the same seed. */
  readonly run: string;
  /** File to write what actors were told; '' for none. */
  readonly record: string;
  /** A CSV file, or `generated`; '' for the mix of all outcomes. */
  readonly trace: string;
  /** Of the trace's day only the hour in which most calls arrive. */
  readonly busiestHour: boolean;
  readonly speed: number;
  /** Of servers that run already, with the key of an organization; '' to start our own. */
  readonly api: string;
  readonly key: string;
  /** '' for a temporary one. */
  readonly dataDir: string;
  /** How many journeys at once; undefined: as the agents can serve. */
  readonly atOnce: number | undefined;
  /** How long a capture link lasts in the mix of outcomes, s. */
  readonly linkSeconds: number;
  /** Keep everything running afterwards, until Ctrl-C. */
  readonly stay: boolean;
}

const USAGE =
  'Flags, after `npm run demo --`: --profiles N --agents N --reviewers N --seed N --record FILE ' +
  '--trace FILE.csv|generated --busiest-hour --speed X --at-once N --link-seconds N --data-dir DIR --stay, ' +
  '--api URL --key API_KEY [--run NAME] for servers that run already.';

const VALUES = [
  'profiles',
  'agents',
  'reviewers',
  'seed',
  'run',
  'record',
  'trace',
  'speed',
  'api',
  'key',
  'data-dir',
  'at-once',
  'link-seconds',
] as const;

/** @throws StartError for a flag that does not exist or makes no sense. */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  const flags = new Flags(args, { values: VALUES, switches: ['stay', 'busiest-hour'] }, USAGE);
  const text = (name: (typeof VALUES)[number]): string => flags.text(name) ?? '';
  const speed = flags.number('speed') ?? 60;
  if (speed < 1) throw flags.wrong('speed', '1 or more', speed);
  if ((text('api') === '') !== (text('key') === '')) {
    throw flags.refusal('--api and --key belong together');
  }
  return {
    profiles: flags.count('profiles', 100_000) ?? 24,
    agents: flags.count('agents', 500),
    reviewers: flags.count('reviewers', 500),
    seed: flags.number('seed') ?? 1,
    run: text('run') === '' ? '0' : text('run'),
    record: text('record'),
    trace: text('trace'),
    busiestHour: flags.isSet('busiest-hour'),
    speed,
    api: text('api').replace(/\/$/, ''),
    key: text('key'),
    dataDir: text('data-dir'),
    atOnce: flags.count('at-once', 10_000),
    linkSeconds: flags.count('link-seconds', 86_400) ?? 60,
    stay: flags.isSet('stay'),
  };
}
