import type { Interval, OpeningHours, Openings } from '../../src/domain/openings';
import type { Policy } from '../../src/domain/policy';
import { NOON } from './journeys';
import type { Dice } from './profile-moves';

const HOUR = 3_600_000;
const KNOWN = 40 * 24 * HOUR;

/** Nine to six in India, from Monday to Friday. */
export const OFFICE: OpeningHours = {
  timeZone: 'Asia/Kolkata',
  weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
};

/** Every day, from so many hours after `now` until so many, to the minute, where clocks show UTC. */
export function daily(now: number, from: number, to: number): OpeningHours {
  const time = (hours: number): string => new Date(now + hours * HOUR).toISOString().slice(11, 16);
  return {
    timeZone: 'UTC',
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: time(from), to: time(to) }],
  };
}

/** The policy with these hours for the queues named. */
export function withHours(
  policy: Policy,
  openingHours: OpeningHours,
  ...queueIds: readonly string[]
): Policy {
  const queues = policy.queues.map((q) =>
    queueIds.includes(q.queueId) ? { ...q, openingHours } : q,
  );
  return { ...policy, queues };
}

/** Open for so many hours from `from` on, then closed for so many, and so on. */
export function byTurns(from: number, open: number, closed: number): Interval[] {
  const turns = Math.floor(KNOWN / ((open + closed) * HOUR));
  return Array.from({ length: turns }, (_, i) => {
    const start = from + i * (open + closed) * HOUR;
    return { from: start, to: start + open * HOUR };
  });
}

/** For two thirds of the random journeys: the one queue closes now and then, or both do. */
export function anyHours(
  policy: Policy,
  { wait }: Pick<Dice, 'wait'>,
): { policy: Policy; openings?: Openings } {
  const variant = wait % 3;
  if (variant === 0) return { policy };
  const queues = {
    ...(variant === 2 && { 'q-en': byTurns(NOON, 3, 2) }),
    'q-hi': byTurns(NOON - HOUR, 2, 2),
  };
  return {
    policy: withHours(policy, OFFICE, ...Object.keys(queues)),
    openings: { until: NOON + KNOWN, queues },
  };
}
