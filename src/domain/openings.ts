/** Hours of a week, by the clock on the wall. */
export interface WeeklyHours {
  /** ISO 8601 weekdays on which they begin, 1 (Monday) to 7. */
  readonly days: readonly number[];
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`, up to `24:00`; not after `from`: on the next day. */
  readonly to: string;
}

/** When a queue is open, as an organization declares it. */
export interface OpeningHours {
  /** IANA name of the clock's zone, e.g. `Asia/Kolkata`. */
  readonly timeZone: string;
  readonly weekly: readonly WeeklyHours[];
  /** `YYYY-MM-DD`: days on which no hours begin; what began on the day before still ends. */
  readonly closedOn?: readonly string[];
}

/** From `from` until just before `to`, epoch ms. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/**
 * When the queues with opening hours are open: the machines know no time zones, so an activity
 * tells them (activities/opening). Known until `until`, epoch ms; each in order, none touching.
 */
export interface Openings {
  readonly until: number;
  readonly queues: Readonly<Record<string, readonly Interval[]>>;
}

export interface QueueHours {
  readonly queueId: string;
  readonly openingHours: OpeningHours;
}
type WithHours = Pick<QueueHours, 'queueId'> & Partial<QueueHours>;

const ALWAYS: readonly Interval[] = [{ from: 0, to: Infinity }];

/** Hours without a day in them: nobody could ever be put in line there. */
export function neverOpens({ openingHours }: Partial<QueueHours>): boolean {
  return openingHours !== undefined && openingHours.weekly.every(({ days }) => days.length === 0);
}

/** When this queue is open, as far as is known. */
export function intervalsOf(queue: WithHours, known: Openings | undefined): readonly Interval[] {
  if (!queue.openingHours) return ALWAYS;
  return known?.queues[queue.queueId] ?? [];
}

/** The interval in which the queue is open at this time; undefined when it is closed. */
export function openAt(
  queue: WithHours,
  known: Openings | undefined,
  at: number,
): Interval | undefined {
  return intervalsOf(queue, known).find(({ from, to }) => from <= at && at < to);
}

/** When one of these queues opens next after this time; undefined when none is known to. */
export function opensNext(
  queues: readonly WithHours[],
  known: Openings | undefined,
  after: number,
): number | undefined {
  const starts = queues.flatMap((queue) => intervalsOf(queue, known).map(({ from }) => from));
  return starts.filter((from) => from > after).sort((a, b) => a - b)[0];
}

/** What lies within the span, in order; what overlaps or touches is one. */
export function merged(intervals: readonly Interval[], span: Interval): Interval[] {
  const inside = intervals
    .map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
  const apart: Interval[] = [];
  for (const next of inside) {
    const last = apart.at(-1);
    if (!last || last.to < next.from) apart.push(next);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
  }
  return apart;
}
