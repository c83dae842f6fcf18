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
  /** He tells nobody: the desk calls him in vain. */
  readonly leavesSilently: boolean;
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

/** The trace's rows as the demo takes them, at their own speed. */
export function customersOf(
  calls: readonly TracedCall[],
  { seed, serviceScale }: CustomersOptions,
): Customer[] {
  const { arrivals } = dayOf(calls, { seed, run: '0', speed: 1 });
  const begin = MIDNIGHT + (calls[0]?.entry ?? 0) * 1_000;
  return arrivals.map(({ atMs, script }, i) => {
    const arrivesAt = begin + atMs;
    return {
      profileId: `c${String(i + 1).padStart(6, '0')}`,
      language: script.language,
      skills: script.skills,
      arrivesAt,
      capturedAt: arrivesAt + (script.captureMs ?? 0),
      leavesBeforeLine: script.outcome.capture === 'WALKS_AWAY',
      patienceMs: script.patienceMs,
      leavesSilently: script.leaves === 'WALKS_AWAY',
      phantom: calls[i]?.outcome === 'PHANTOM',
      serviceMs: Math.round(script.serviceMs * serviceScale),
    };
  });
}
