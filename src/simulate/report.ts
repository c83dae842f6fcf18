import type { Queue } from '../domain/policy';
import type { SimulatedDay } from './day';
import { measuresOf, occupancy, percent, type Measure } from './figures';
import { HALF_HOUR_MS, halfHourOccupancy, halfHours } from './half-hours';

/** What is told of the day as a whole or of one queue. */
export interface Scope {
  /** '' for the day as a whole. */
  readonly queueId: string;
  readonly name: string;
  readonly measures: readonly Measure[];
}

/** The day, then each queue; the figures they share come in the same order. */
export function reportOf(
  day: SimulatedDay,
  queues: readonly Queue[],
  withinMs: number,
): readonly Scope[] {
  const atWorkMs = (day.to - day.from) * day.agentIds.length;
  const options = { atWorkMs, withinMs };
  const whole = [...measuresOf(day.ended, day.spans, options), ...dayMeasures(day)];
  const byQueue = queues.map(({ queueId, queueName }) => ({
    queueId,
    name: queueName,
    measures: measuresOf(
      day.ended.filter(({ line }) => line?.queueId === queueId),
      day.spans.filter((span) => span.queueId === queueId),
      options,
    ),
  }));
  return [{ queueId: '', name: 'all', measures: whole }, ...byQueue];
}

/** What belongs to no queue. */
function dayMeasures(day: SimulatedDay): Measure[] {
  const { ended, spans, agentIds, from, to, cutOff } = day;
  const left = ended.filter(({ outcome }) => outcome === 'LEFT_BEFORE_LINE').length;
  const byAgent = agentIds.flatMap((id) => {
    const own = spans.filter(({ agentId }) => agentId === id);
    return occupancy(own, to - from) ?? [];
  });
  const most = halfHours(day)
    .filter((begin) => begin >= from && begin + HALF_HOUR_MS <= to)
    .map((begin) => halfHourOccupancy(day, begin));
  const extreme = (of: (...values: number[]) => number, values: readonly number[]) =>
    values.length === 0 ? undefined : of(...values);
  return [
    percent('occupancy in the busiest half hour', extreme(Math.max, most)),
    percent('occupancy of the busiest agent', extreme(Math.max, byAgent)),
    percent('occupancy of the least busy agent', extreme(Math.min, byAgent)),
    { name: 'calls cut off at the longest time', unit: 'calls', value: cutOff },
    { name: 'left before the line', unit: 'customers', value: left },
    { name: 'rows of the trace', unit: 'customers', value: ended.length },
  ];
}
