import type { Queue } from '../domain/policy';
import { MIDNIGHT } from './customers';
import type { Ended, SimulatedDay } from './day';
import { percentileOf, waitsOf } from './figures';
import { HALF_HOUR_MS, halfHourOccupancy, halfHours } from './half-hours';
import { lineChart, type Chart, type Series } from './svg';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** So many hours between two ticks, at most so many ticks. */
const TICK_HOURS = [1, 2, 3, 6, 12, 24];
const MOST_TICKS = 14;

/** File name → SVG. */
export function plotsOf(
  day: SimulatedDay,
  queues: readonly Queue[],
): Readonly<Record<string, string>> {
  const served = queues.filter(({ queueId }) =>
    day.ended.some(({ line }) => line?.queueId === queueId),
  );
  const time = { xLabel: 'time of day', ...hours(day) };
  const draw = (chart: Omit<Chart, keyof typeof time>): string => lineChart({ ...time, ...chart });
  const agents = day.agentIds.length;
  return {
    'line-length.svg': draw({
      title: `Line length over the day, ${agents} agents`,
      yLabel: 'customers in line',
      series: served.map((queue) => lineLength(day, queue)),
    }),
    'waits.svg': draw({
      title: `Wait of the answered, by the half hour they entered the line, ${agents} agents`,
      yLabel: 'wait, s',
      series: [
        waits(day, 0.5, 'half of them waited less (p50)'),
        waits(day, 0.9, '9 of 10 waited less (p90)'),
      ],
    }),
    'occupancy.svg': draw({
      title: `Agents’ occupancy by half hours, ${agents} agents`,
      yLabel: 'busy or in wrap-up, % of the time at work',
      yLeast: 100,
      series: [
        ...served.map(({ queueId, queueName }) => busy(day, queueName, queueId)),
        { ...busy(day, 'all queues'), style: 'DASHES' },
      ],
    }),
  };
}

/** Counted at every full minute. */
function lineLength({ from, to, ended }: SimulatedDay, { queueId, queueName }: Queue): Series {
  const steps = ended.flatMap(({ line }) => (line?.queueId === queueId ? lineSteps(line) : []));
  steps.sort((a, b) => a.at - b.at);
  const points = [];
  let [length, next] = [0, 0];
  for (let at = Math.floor(from / MINUTE_MS) * MINUTE_MS; at <= to + MINUTE_MS; at += MINUTE_MS) {
    for (let step = steps[next]; step && step.at <= at; step = steps[++next]) length += step.by;
    points.push({ x: at, y: length });
  }
  return { name: queueName, points };
}

function lineSteps({
  enteredAt,
  leftAt,
}: NonNullable<Ended['line']>): { at: number; by: number }[] {
  return [
    { at: enteredAt, by: 1 },
    { at: leftAt, by: -1 },
  ];
}

function waits(day: SimulatedDay, share: number, name: string): Series {
  const points = halfHours(day).map((begin) => {
    const entered = day.ended.filter(
      ({ line }) => line && line.enteredAt >= begin && line.enteredAt < begin + HALF_HOUR_MS,
    );
    const wait = percentileOf(waitsOf(entered, 'ANSWERED'), share);
    return { x: begin + HALF_HOUR_MS / 2, y: wait === undefined ? undefined : wait / 1_000 };
  });
  return { name, points, style: 'DOTS' };
}

function busy(day: SimulatedDay, name: string, queueId = ''): Series {
  const points = halfHours(day).map((begin) => ({
    x: begin + HALF_HOUR_MS / 2,
    y: halfHourOccupancy(day, begin, queueId) * 100,
  }));
  return { name, points, style: 'DOTS' };
}

/** The full hours around the day; those after midnight are the next day's. */
function hours({ from, to }: SimulatedDay): Pick<Chart, 'xRange' | 'xTicks'> {
  const first = Math.floor((from - MIDNIGHT) / HOUR_MS);
  const count = Math.max(1, Math.ceil((to - MIDNIGHT) / HOUR_MS) - first);
  const step = TICK_HOURS.find((n) => count / n < MOST_TICKS) ?? count;
  const at = (hour: number): number => MIDNIGHT + hour * HOUR_MS;
  const ticks = Array.from({ length: Math.floor(count / step) + 1 }, (_, i) => first + i * step);
  return {
    xRange: [at(first), at(first + count)],
    xTicks: ticks.map((hour) => ({ x: at(hour), label: `${hour % 24}:00` })),
  };
}
