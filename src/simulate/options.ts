import { Flags } from '../local/flags';

/** The flags of `npm run simulate -- …`. */
export interface SimulateOptions {
  /** A CSV file, or `generated`. */
  readonly trace: string;
  /** Of its day only the hour in which most customers arrive. */
  readonly busiestHour: boolean;
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
  'Flags, after `npm run simulate --`: --trace FILE.csv|generated --profiles N --busiest-hour --agents N --seed N ' +
  '--accept-seconds S --join-seconds S --decide-seconds S --wrap-up-seconds S --queue-seconds S ' +
  '--service-level-seconds S --service-scale X --out DIR.';

const VALUES = [
  'trace',
  'profiles',
  'agents',
  'seed',
  'accept-seconds',
  'join-seconds',
  'decide-seconds',
  'wrap-up-seconds',
  'queue-seconds',
  'service-level-seconds',
  'service-scale',
  'out',
] as const;

const DAY_S = 86_400;
const MOST_SCALE = 100;

/** @throws StartError for a flag that does not exist or makes no sense. */
export function parseSimulateOptions(args: readonly string[]): SimulateOptions {
  const flags = new Flags(args, { values: VALUES, switches: ['busiest-hour'] }, USAGE);
  const ms = (name: (typeof VALUES)[number]): number | undefined => {
    const value = flags.number(name);
    if (value === undefined) return undefined;
    if (value <= DAY_S) return Math.round(value * 1_000);
    throw flags.wrong(name, `0 to ${DAY_S} seconds`, value);
  };
  const serviceScale = flags.number('service-scale') ?? 1;
  if (serviceScale <= 0 || serviceScale > MOST_SCALE) {
    throw flags.wrong('service-scale', `more than 0 and at most ${MOST_SCALE}`, serviceScale);
  }
  const trace = flags.text('trace') ?? '';
  return {
    trace: trace === '' ? 'generated' : trace,
    busiestHour: flags.isSet('busiest-hour'),
    profiles: flags.count('profiles', 100_000) ?? 2_000,
    agents: flags.count('agents', 500),
    seed: flags.number('seed') ?? 1,
    acceptMs: ms('accept-seconds') ?? 3_000,
    joinMs: ms('join-seconds') ?? 5_000,
    decideMs: ms('decide-seconds') ?? 20_000,
    wrapUpMs: ms('wrap-up-seconds') ?? 0,
    queueMs: ms('queue-seconds'),
    serviceLevelMs: ms('service-level-seconds') ?? 60_000,
    serviceScale,
    out: flags.text('out') ?? '',
  };
}
