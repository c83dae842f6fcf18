import type { SimulatedDay } from './day';
import { occupancy } from './figures';

export const HALF_HOUR_MS = 1_800_000;

/** The begin of each half hour of the day, epoch ms, from the one of the first arrival to the last call's. */
export function halfHours({ from, to }: Pick<SimulatedDay, 'from' | 'to'>): number[] {
  const first = Math.floor(from / HALF_HOUR_MS);
  const count = Math.floor(Math.max(from, to - 1) / HALF_HOUR_MS) - first + 1;
  return Array.from({ length: count }, (_, i) => (first + i) * HALF_HOUR_MS);
}

/** The agents' occupancy in one half hour, by one queue or by all (''). */
export function halfHourOccupancy(day: SimulatedDay, begin: number, queueId = ''): number {
  const from = Math.max(begin, day.from);
  const to = Math.min(begin + HALF_HOUR_MS, day.to);
  const spans = day.spans
    .filter((span) => span.from < to && span.to > from)
    .filter((span) => queueId === '' || span.queueId === queueId)
    .map((span) => ({ ...span, from: Math.max(from, span.from), to: Math.min(to, span.to) }));
  return occupancy(spans, (to - from) * day.agentIds.length) ?? 0;
}
