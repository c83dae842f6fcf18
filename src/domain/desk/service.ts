import type { DeskState, Service } from './state';

/** Until a queue's first call is over: what a video KYC takes, decision included, ms. */
const FIRST_GUESS_MS = 6 * 60_000;
/** The least weight of the newest call in the mean: some fifty calls count (`npm run simulate`). */
const LEAST_WEIGHT = 0.02;

/** Agents at work who can serve a customer, and those of them who do nothing now. */
export interface Staffed {
  readonly able: number;
  readonly free: number;
}

export function afterCall(state: DeskState, queueId: string, ms: number): DeskState['service'] {
  const { meanMs, calls, lastWaitMs } = known(state, queueId);
  const weight = Math.max(LEAST_WEIGHT, 1 / (calls + 1));
  const mean = Math.round(meanMs + weight * (ms - meanMs));
  return { ...state.service, [queueId]: { meanMs: mean, calls: calls + 1, lastWaitMs } };
}

export function afterWait(state: DeskState, queueId: string, ms: number): DeskState['service'] {
  return { ...state.service, [queueId]: { ...known(state, queueId), lastWaitMs: ms } };
}

function known({ service }: DeskState, queueId: string): Service {
  return service[queueId] ?? { meanMs: FIRST_GUESS_MS, calls: 0, lastWaitMs: undefined };
}

/**
 * How long somebody is still likely to wait, ms: the free agents take the first, then one of the
 * `able` comes free every (mean call / able). Undefined when nobody at work can serve him.
 *
 * Averaged with what the last one waited, for some of those ahead will give up: on the research
 * data's day that halves the error when there are too few agents (`npm run simulate`).
 *
 * @param place among all whom these agents serve; 1 = next
 * @param waitedMs how long he has waited already
 */
export function estimatedWait(
  state: DeskState,
  queueId: string,
  { place, waitedMs }: { readonly place: number; readonly waitedMs: number },
  { able, free }: Staffed,
): number | undefined {
  if (able === 0) return undefined;
  if (place <= free) return 0;
  const { meanMs, lastWaitMs } = known(state, queueId);
  const byPlace = ((place - free) * meanMs) / able;
  if (lastWaitMs === undefined) return Math.round(byPlace);
  return Math.round((byPlace + Math.max(0, lastWaitMs - waitedMs)) / 2);
}
