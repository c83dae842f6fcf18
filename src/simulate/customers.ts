import { seeded } from '../demo/seeded';
import type { TracedCall } from '../demo/trace/call';
import { dayOf } from '../demo/trace/day';

/** One row of the trace as a customer of the simulated day. */
export interface Customer {
  /** In the order of arrival, which decides between two who enter the line at the same time. */
  readonly profileId: string;
  readonly language: string;
  readonly skills: readonly string[];
  /** Epoch ms. */
  readonly arrivesAt: number;
  /** When he has handed in everything, or has gone away instead. */
  readonly capturedAt: number;
  readonly leavesBeforeLine: boolean;
  /** How long he waits in line before he leaves, ms; undefined: as long as the desk lets him. */
  readonly patienceMs: number | undefined;
  /** He never comes into the call. */
  readonly phantom: boolean;
  /** How long an agent talks with him, ms. */
  readonly serviceMs: number;
}

export interface CustomersOptions {
  readonly seed: number;
  readonly serviceScale: number;
}

/** Midnight of the simulated day. Any day will do: nothing but the time since then is told. */
export const MIDNIGHT = Date.UTC(2026, 0, 5);

/** When nobody was served that day, a served one takes what a video KYC usually does, ms. */
const USUAL_SERVICE_MS = 360_000;

/** The trace's rows as the demo takes them, at their own speed. */
export function customersOf(
  calls: readonly TracedCall[],
  { seed, serviceScale }: CustomersOptions,
): Customer[] {
  const { arrivals } = dayOf(calls, { seed, run: '0', speed: 1 });
  const begin = MIDNIGHT + (calls[0]?.entry ?? 0) * 1_000;
  const served = arrivals
    .filter((_, i) => calls[i]?.outcome === 'AGENT')
    .map(({ script }) => script.serviceMs);
  return arrivals.map(({ atMs, script }, i) => {
    const call = calls[i];
    const arrivesAt = begin + atMs;
    // Who gave up that day was not served: answered today, he takes as long as some other one did.
    const drawn = served[Math.floor(seeded(seed, 'service', i)() * served.length)];
    const serviceMs = call?.outcome === 'AGENT' ? script.serviceMs : (drawn ?? USUAL_SERVICE_MS);
    return {
      profileId: `c${String(i + 1).padStart(6, '0')}`,
      language: script.language,
      skills: script.skills,
      arrivesAt,
      capturedAt: arrivesAt + (script.captureMs ?? 0),
      leavesBeforeLine: script.outcome.capture === 'WALKS_AWAY',
      patienceMs: script.patienceMs,
      phantom: call?.outcome === 'PHANTOM',
      serviceMs: Math.round(serviceMs * serviceScale),
    };
  });
}
