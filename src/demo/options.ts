import { parseArgs } from 'node:util';
import { messageOf, StartError } from '../local/start-error';

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
  '--trace FILE.csv|generated --speed X --at-once N --link-seconds N --data-dir DIR --stay, ' +
  '--api URL --key API_KEY [--run NAME] for servers that run already.';

/** @throws StartError for a flag that does not exist or makes no sense. */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  const values = parse(args);
  const text = (name: TextFlag): string => values[name] ?? '';
  const number = (name: TextFlag): number | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (!/^\d{1,9}(\.\d{1,6})?$/.test(value)) throw wrong(name, value, 'a number');
    return Number(value);
  };
  const count = (name: TextFlag, most: number): number | undefined => {
    const value = number(name);
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw wrong(name, String(value), `a whole number from 1 to ${most}`);
  };
  const speed = number('speed') ?? 60;
  if (speed < 1) throw wrong('speed', String(speed), '1 or more');
  if ((text('api') === '') !== (text('key') === '')) {
    throw new StartError(`--api and --key belong together. ${USAGE}`);
  }
  return {
    profiles: count('profiles', 100_000) ?? 24,
    agents: count('agents', 500),
    reviewers: count('reviewers', 500),
    seed: number('seed') ?? 1,
    run: text('run') === '' ? '0' : text('run'),
    record: text('record'),
    trace: text('trace'),
    speed,
    api: text('api').replace(/\/$/, ''),
    key: text('key'),
    dataDir: text('data-dir'),
    atOnce: count('at-once', 10_000),
    linkSeconds: count('link-seconds', 86_400) ?? 60,
    stay: values.stay === true,
  };
}

function wrong(name: string, value: string, rule: string): StartError {
  return new StartError(`--${name} takes ${rule}, not "${value}". ${USAGE}`);
}

const TEXT_FLAGS = {
  profiles: { type: 'string' },
  agents: { type: 'string' },
  reviewers: { type: 'string' },
  seed: { type: 'string' },
  run: { type: 'string' },
  record: { type: 'string' },
  trace: { type: 'string' },
  speed: { type: 'string' },
  api: { type: 'string' },
  key: { type: 'string' },
  'data-dir': { type: 'string' },
  'at-once': { type: 'string' },
  'link-seconds': { type: 'string' },
} as const;
type TextFlag = keyof typeof TEXT_FLAGS;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...TEXT_FLAGS, stay: { type: 'boolean' } } })
      .values;
  } catch (error) {
    throw new StartError(`${messageOf(error).split('. ')[0] ?? ''}. ${USAGE}`);
  }
}
