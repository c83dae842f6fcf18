/** One organization's past: how much of it, and over how many days. */
export interface PastPlan {
  readonly ouid: string;
  readonly events: number;
  /** Epoch ms of the first day's midnight. */
  readonly from: number;
  /** Cases that begin on an ordinary working day. */
  readonly casesPerDay: number;
  readonly agents: number;
  readonly reviewers: number;
}

const DAY_MS = 86_400_000;
/** Days begin by the clock of India, whose distance from UTC never changes. */
export const ZONE_MS = 5.5 * 3_600_000;
/** Events that a case and its part of the desk leave, on the average (measured). */
const EVENTS_PER_CASE = 42;
/** A past is about so many days long, unless a day would be too small or too large for one desk. */
const DAYS = 300;
const CASES_PER_DAY = { least: 40, most: 1_500 } as const;
/** Calls one agent takes on a day, and reviews of one reviewer. */
const CALLS_PER_AGENT = 40;
const REVIEWS_PER_REVIEWER = 120;
/** Of the working week from Monday on, how busy its days are. */
const WEEK = [1.15, 1.05, 1, 1, 0.95, 0.45, 0.15] as const;
const BUSY_OF_WEEK = WEEK.reduce((sum, part) => sum + part, 0) / WEEK.length;

/** The first organization has the most, the second half of that, the third a third. */
export function pastPlans(
  events: number,
  ouids: readonly string[],
  until: number,
): readonly PastPlan[] {
  const all = ouids.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  return ouids.map((ouid, i) => planOf(ouid, Math.ceil(events / (i + 1) / all), until));
}

function planOf(ouid: string, events: number, until: number): PastPlan {
  const cases = events / EVENTS_PER_CASE;
  const wanted = cases / DAYS / BUSY_OF_WEEK;
  const { least, most } = CASES_PER_DAY;
  const casesPerDay = Math.round(Math.min(Math.max(wanted, least), most));
  const days = Math.ceil(cases / (casesPerDay * BUSY_OF_WEEK)) + 1;
  return {
    ouid,
    events,
    from: Math.floor(until / DAY_MS) * DAY_MS - days * DAY_MS - ZONE_MS,
    casesPerDay,
    agents: Math.max(2, Math.ceil(casesPerDay / CALLS_PER_AGENT)),
    reviewers: Math.max(3, Math.ceil(casesPerDay / REVIEWS_PER_REVIEWER)),
  };
}

/** How many cases begin on the day that begins at `midnight`. */
export function casesOn({ casesPerDay }: PastPlan, midnight: number): number {
  const weekday = (new Date(midnight + ZONE_MS).getUTCDay() + 6) % 7;
  return Math.round(casesPerDay * (WEEK[weekday] ?? 1));
}
