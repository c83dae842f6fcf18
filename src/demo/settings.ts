import type { OrganizationSettings } from '../domain/organization/settings';
import { DEFAULT_TIMERS, type Timers } from '../domain/policy';
import type { StaffIds } from './run/staff';

/** The skills of the demo's products; a day's trace asks for the later ones. */
const DEMO_SKILLS = ['savings', 'prospect', 'stock', 'internet', 'callback'] as const;

/** No person can be made faster: the least that actors on a busy machine need, ms. */
const LEAST_MS = 5_000;

/** The policy's timers when a day passes `speed` times as fast. */
export function scaledTimers(speed: number): Timers {
  const scaled = Object.entries(DEFAULT_TIMERS).map(([name, ms]) => [
    name,
    Math.max(LEAST_MS, Math.round(Number(ms) / speed)),
  ]);
  return { ...DEFAULT_TIMERS, ...(Object.fromEntries(scaled) as Partial<Timers>) };
}

/**
 * Timers for a mix of all outcomes: links are short-lived, so that some expire while we watch, and
 * who does not join is given up soon; nobody else waits for a timer.
 */
export function mixTimers(linkMs: number): Timers {
  return { ...DEFAULT_TIMERS, captureLink: linkMs, customerJoin: 10_000 };
}

/** An organization's settings with as many people as wanted, all of whom can serve everybody. */
export function fitted(
  { policy, ...settings }: OrganizationSettings,
  staff: StaffIds,
  timers: Timers,
): OrganizationSettings {
  return {
    ...settings,
    policy: {
      ...policy,
      timers,
      queues: policy.queues.map((queue) => ({ ...queue, skills: [...DEMO_SKILLS] })),
    },
    agents: staff.agents.map((agentId) => ({
      agentId,
      languages: ['en', 'hi'],
      skills: [...DEMO_SKILLS],
    })),
    reviewers: [...staff.reviewers],
  };
}
