import { DEFAULT_TIMERS, type Timers } from '../domain/policy';
import type { DemoOptions } from './options';
import type { DemoPlan } from './run/run-demo';
import { staffIds, type StaffIds } from './run/staff';
import { outcomesFor, scriptOf } from './scripts';
import { DAY_BLIND_PERCENT, MIX_BLIND_PERCENT, mixTimers, scaledTimers } from './settings';
import { dayOf } from './trace/day';
import { readTrace } from './trace/read';

/** Everything a run is, decided before it begins. */
export interface PlannedRun {
  readonly plan: DemoPlan;
  readonly staff: StaffIds;
  /** For the organization of a run on our own servers. */
  readonly timers: Timers;
  readonly blindReviewPercent: number;
}

/** How much longer than the link's time a journey may stand still, ms. */
const PATIENCE_MS = 120_000;
/** Customers who wait all ask now and then: more than this at once is only load. */
const MOST_AT_ONCE = 300;

/** @throws StartError when the trace cannot be read. */
export function planRun(options: DemoOptions): PlannedRun {
  return options.trace === '' ? planMix(options) : planDay(options);
}

function planMix(options: DemoOptions): PlannedRun {
  const { profiles, agents = 4, seed, run, linkSeconds } = options;
  const own = options.api === '';
  const outcomes = outcomesFor(own);
  const linkMs = linkSeconds * 1_000;
  return {
    plan: {
      seed,
      arrivals: Array.from({ length: profiles }, (_, index) => ({
        script: scriptOf(seed, run, index, outcomes),
        atMs: 0,
      })),
      atOnce: options.atOnce ?? 8 + 2 * agents,
      stuckMs: linkMs + PATIENCE_MS,
      closing: false,
    },
    staff: staffIds(agents, options.reviewers ?? reviewersFor(agents)),
    timers: own ? mixTimers(linkMs) : { ...DEFAULT_TIMERS, captureLink: linkMs },
    blindReviewPercent: MIX_BLIND_PERCENT,
  };
}

function planDay(options: DemoOptions): PlannedRun {
  const { seed, run, speed } = options;
  const day = dayOf(readTrace(options), { seed, run, speed });
  const agents = options.agents ?? day.agents;
  const timers = scaledTimers(speed);
  return {
    plan: {
      seed,
      arrivals: day.arrivals,
      atOnce: options.atOnce ?? MOST_AT_ONCE,
      // Nothing a customer waits for lasts longer than his time in line or the longest call.
      stuckMs: timers.queue + timers.call + PATIENCE_MS,
      closing: true,
    },
    staff: staffIds(agents, options.reviewers ?? reviewersFor(agents)),
    timers,
    blindReviewPercent: DAY_BLIND_PERCENT,
  };
}

/** Two reviews take about as long as a call; a third person is needed where two differ. */
function reviewersFor(agents: number): number {
  return Math.max(3, Math.ceil(agents / 2));
}
