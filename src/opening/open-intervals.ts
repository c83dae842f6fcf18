import { merged, type Interval, type OpeningHours, type WeeklyHours } from '../domain/openings';
import { ZoneClock } from './zone-clock';

const MINUTE = 60 * 1_000;
const DAY = 24 * 60 * MINUTE;

/**
 * When a place with these hours is open within the span: whenever the clock on its wall shows a time
 * within them. So an hour that summer time takes away is none, and one that it gives back comes twice.
 *
 * @throws RangeError when there is no such time zone.
 */
export function openIntervals(hours: OpeningHours, span: Interval): Interval[] {
  const clock = new ZoneClock(hours.timeZone);
  const open = clock
    .evenSpans(span)
    .flatMap(({ from, to, offset }) =>
      shownWithin(hours, shifted({ from, to }, offset)).map((shown) => shifted(shown, -offset)),
    );
  return merged(open, span);
}

/** The same by what the clock shows, written as if it were UTC. */
function shownWithin({ weekly, closedOn = [] }: OpeningHours, span: Interval): Interval[] {
  const open: Interval[] = [];
  // From the day before: its hours may go on past midnight.
  for (let day = startOfDay(span.from) - DAY; day < span.to; day += DAY) {
    if (closedOn.includes(new Date(day).toISOString().slice(0, 10))) continue;
    const today = weekly.filter(({ days }) => days.includes(isoWeekday(day)));
    open.push(...today.map((hours) => shifted(ofDay(hours), day)));
  }
  return merged(open, span);
}

function ofDay(hours: WeeklyHours): Interval {
  const [from, to] = [sinceMidnight(hours.from), sinceMidnight(hours.to)];
  return { from, to: to > from ? to : to + DAY };
}

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
}

function startOfDay(at: number): number {
  return Math.floor(at / DAY) * DAY;
}

function isoWeekday(at: number): number {
  return new Date(at).getUTCDay() || 7;
}

function shifted({ from, to }: Interval, by: number): Interval {
  return { from: from + by, to: to + by };
}
