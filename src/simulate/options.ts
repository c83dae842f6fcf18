import { parseArgs } from 'node:util';
import { messageOf, StartError } from '../local/start-error';

/** The flags of `npm run simulate -- …`. */
export interface SimulateOptions {
  /** A CSV file, or `generated`. */
  readonly trace: string;
  /** How many customers a generated trace has. */
  readonly profiles: number;
  /** Undefined: as many as took calls on the trace's day. */
  readonly agents: number | undefined;
  readonly seed: number;
  /** From an offer to its acceptance. */
  readonly acceptMs: number;
  /** Until both are in the call and have greeted each other. */
  readonly joinMs: number;
  /** From the call's end to the agent's decision. */
  readonly decideMs: number;
  readonly wrapUpMs: number;
  /** The longest wait; undefined: the policy's. */
  readonly queueMs: number | undefined;
  readonly serviceLevelMs: number;
  /** How much longer calls take than the demo's of the same trace. */
  readonly serviceScale: number;
  /** '' to write no files. */
  readonly out: string;
}

const USAGE =
  'Flags, after `npm run simulate --`: --trace FILE.csv|generated --profiles N --agents N --seed N ' +
  '--accept-seconds S --join-seconds S --decide-seconds S --wrap-up-seconds S --queue-seconds S ' +
  '--service-level-seconds S --service-scale X --out DIR.';

/** @throws StartError for a flag that does not exist or makes no sense. */
export function parseSimulateOptions(args: readonly string[]): SimulateOptions {
  const values = parse(args);
  const number = (name: Flag): number | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    if (!/^\d{1,9}(\.\d{1,6})?$/.test(value)) throw wrong(name, value, 'a number');
    return Number(value);
  };
  const count = (name: Flag, most: number): number | undefined => {
    const value = number(name);
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw wrong(name, String(value), `a whole number from 1 to ${most}`);
  };
  const ms = (name: Flag): number | undefined => {
    const value = number(name);
    if (value === undefined) return undefined;
    if (value <= DAY_S) return Math.round(value * 1_000);
    throw wrong(name, String(value), `0 to ${DAY_S} seconds`);
  };
  const serviceScale = number('service-scale') ?? 1;
  if (serviceScale <= 0 || serviceScale > MOST_SCALE) {
    throw wrong('service-scale', String(serviceScale), `more than 0 and at most ${MOST_SCALE}`);
  }
  return {
    trace: values.trace === undefined || values.trace === '' ? 'generated' : values.trace,
    profiles: count('profiles', 100_000) ?? 2_000,
    agents: count('agents', 500),
    seed: number('seed') ?? 1,
    acceptMs: ms('accept-seconds') ?? 3_000,
    joinMs: ms('join-seconds') ?? 5_000,
    decideMs: ms('decide-seconds') ?? 20_000,
    wrapUpMs: ms('wrap-up-seconds') ?? 0,
    queueMs: ms('queue-seconds'),
    serviceLevelMs: ms('service-level-seconds') ?? 60_000,
    serviceScale,
    out: values.out ?? '',
  };
}

const DAY_S = 86_400;
const MOST_SCALE = 100;

const FLAGS = {
  trace: { type: 'string' },
  profiles: { type: 'string' },
  agents: { type: 'string' },
  seed: { type: 'string' },
  'accept-seconds': { type: 'string' },
  'join-seconds': { type: 'string' },
  'decide-seconds': { type: 'string' },
  'wrap-up-seconds': { type: 'string' },
  'queue-seconds': { type: 'string' },
  'service-level-seconds': { type: 'string' },
  'service-scale': { type: 'string' },
  out: { type: 'string' },
} as const;
type Flag = keyof typeof FLAGS;

function wrong(name: string, value: string, rule: string): StartError {
  return new StartError(`--${name} takes ${rule}, not "${value}". ${USAGE}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new StartError(`${messageOf(error).split('. ')[0] ?? ''}. ${USAGE}`);
  }
}
