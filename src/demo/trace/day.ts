import { APPROVES, OUTCOMES, PLAIN, STAYS_AWAY, type Outcome } from '../outcomes';
import type { Arrival } from '../run/run-demo';
import { referenceOf, type Script } from '../scripts';
import { seeded } from '../seeded';
import type { TracedCall } from './call';

/** A video call takes some 2 to 3 times as long as a telephone call (data/README of the trace). */
const VIDEO_FACTOR = 2.5;
/** Whom nobody had time for tries again later, s: as long again as the line would have kept him. */
const BACK_S = 1_800;
/** When nobody was served that day, a served one takes what a video KYC usually does, s. */
const USUAL_SERVICE_S = 144;
/** Of those who leave the line, who just goes away instead of telling the bank. */
const WALKS_AWAY = 0.2;

/** Which product's line a call's type means: its language and what the agent must know. */
const TYPES: Readonly<Record<string, { readonly language: string; readonly skill: string }>> = {
  PS: { language: 'hi', skill: 'savings' },
  PE: { language: 'en', skill: 'savings' },
  NW: { language: 'hi', skill: 'prospect' },
  NE: { language: 'hi', skill: 'stock' },
  IN: { language: 'hi', skill: 'internet' },
  TT: { language: 'hi', skill: 'callback' },
};

const LEFT = {
  ...PLAIN,
  share: 0,
  status: 'CANCELLED',
  also: ['EXPIRED'],
  comesBack: false,
} as const satisfies Partial<Outcome>;

/** He may have an agent before his patience ends: with ours the line is another one than that day's. */
const HUNG_UP_IN_LINE: Outcome = {
  ...LEFT,
  name: 'HANG in line',
  also: ['EXPIRED', 'APPROVED'],
  calls: [APPROVES],
  checks: [{ decision: 'APPROVED' }],
};
const HUNG_UP_BEFORE: Outcome = {
  ...LEFT,
  name: 'HANG before the line',
  capture: 'WALKS_AWAY',
};
const PHANTOM: Outcome = {
  ...LEFT,
  name: 'PHANTOM',
  calls: [STAYS_AWAY],
};

/** What a served customer's one call may come to; whom nobody serves the client cancels at closing. */
const SERVED: readonly Outcome[] = OUTCOMES.filter(({ shareOfDay }) => shareOfDay > 0).map(
  (outcome) => ({ ...outcome, name: `AGENT, ${outcome.name}`, also: ['CANCELLED'] }),
);

export interface Day {
  readonly arrivals: readonly Arrival[];
  /** How many people took calls that day. */
  readonly agents: number;
}

/** The day's calls as journeys, everything `speed` times as fast. Nothing before the first arrival. */
export function dayOf(
  calls: readonly TracedCall[],
  options: { readonly seed: number; readonly run: string; readonly speed: number },
): Day {
  const first = calls[0]?.entry ?? 0;
  const served = calls.filter(({ outcome }) => outcome === 'AGENT').map(({ service }) => service);
  const arrivals = calls.map((call, index) => ({
    atMs: Math.round(((call.entry - first) * 1_000) / options.speed),
    script: scriptFor(
      { ...call, service: serviceOf(call, index, served, options.seed) },
      index,
      options,
    ),
  }));
  const servers = new Set(calls.map(({ server }) => server).filter((server) => server !== ''));
  return { arrivals, agents: Math.max(1, servers.size) };
}

/** Who gave up that day was not served: answered now, he takes as long as some other one did. */
function serviceOf(
  { outcome, service }: TracedCall,
  index: number,
  served: readonly number[],
  seed: number,
): number {
  if (outcome === 'AGENT') return service;
  return served[Math.floor(seeded(seed, 'service', index)() * served.length)] ?? USUAL_SERVICE_S;
}

function scriptFor(
  call: TracedCall,
  index: number,
  { seed, run, speed }: { readonly seed: number; readonly run: string; readonly speed: number },
): Script {
  const draw = seeded(seed, 'call', index);
  const scaled = (seconds: number): number => Math.round((seconds * 1_000) / speed);
  const { language, skill } = TYPES[call.type] ?? { language: 'hi', skill: 'savings' };
  const outcome = outcomeOf(call, draw());
  const leaves = draw() < WALKS_AWAY ? 'WALKS_AWAY' : 'CANCELS';
  return {
    index,
    extReferenceId: referenceOf(seed, run, index),
    outcome,
    language,
    skills: [skill],
    captureMs: scaled(call.menu),
    backMs: scaled(BACK_S),
    ...(outcome === HUNG_UP_IN_LINE && { patienceMs: scaled(call.queue), leaves }),
    serviceMs: scaled(call.service * VIDEO_FACTOR),
    image: false,
  };
}

function outcomeOf({ outcome, queued }: TracedCall, drawn: number): Outcome {
  if (outcome === 'PHANTOM') return PHANTOM;
  if (outcome === 'HANG') return queued ? HUNG_UP_IN_LINE : HUNG_UP_BEFORE;
  const total = SERVED.reduce((sum, { shareOfDay }) => sum + shareOfDay, 0);
  let left = drawn * total;
  const chosen = SERVED.find(({ shareOfDay }) => (left -= shareOfDay) < 0) ?? SERVED[0];
  if (!chosen) throw new Error('no outcome is one of a day');
  return chosen;
}
