import type { Openings, QueueHours } from '../../src/domain/openings';
import { openIntervals } from '../../src/opening/open-intervals';

/** How far ahead a case knows when queues open, ms: it renews that long before it runs out. */
const KNOWN_MS = 40 * 24 * 60 * 60 * 1_000;

export interface OpeningActivities {
  openings(queues: readonly QueueHours[], from: number): Promise<Openings>;
}

/**
 * When queues with opening hours are open in the next 40 days. It reads nothing and changes nothing:
 * run twice it answers the same, unless a worker's time zone data was renewed in between.
 */
export function createOpeningActivities(): OpeningActivities {
  return {
    openings(queues, from) {
      const until = from + KNOWN_MS;
      const intervals = queues.map(
        ({ queueId, openingHours }) =>
          [queueId, openIntervals(openingHours, { from, to: until })] as const,
      );
      return Promise.resolve({ until, queues: Object.fromEntries(intervals) });
    },
  };
}
