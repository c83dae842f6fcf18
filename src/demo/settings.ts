import type { OrganizationSettings } from '../domain/organization/settings';
import { DEFAULT_TIMERS, type Timers } from '../domain/policy';
import { NOBODYS_SKILL } from './outcomes';
import type { StaffIds } from './run/staff';

/** The skills of the demo's products; a day's trace asks for the later ones. */
const DEMO_SKILLS = ['savings', 'prospect', 'stock', 'internet', 'callback'] as const;

/** No person can be made faster: the least that actors on a busy machine need, ms. */
const LEAST_MS = 5_000;
/** For what takes them several steps. */
const LEAST: Partial<Timers> = { call: 15_000, decision: 60_000, reviewClaim: 30_000 };

/** The policy's timers when a day passes `speed` times as fast. */
export function scaledTimers(speed: number): Timers {
  const scaled = Object.entries(DEFAULT_TIMERS).map(([name, ms]) => [
    name,
    Math.max(LEAST[name as keyof Timers] ?? LEAST_MS, Math.round(Number(ms) / speed)),
  ]);
  return { ...DEFAULT_TIMERS, ...(Object.fromEntries(scaled) as Partial<Timers>) };
}

/**
 * Timers for a mix of all outcomes: short where somebody lets one end (a link, a call not joined, a
 * lost connection, a slot, a call without end, a line without an agent), as usual elsewhere.
 */
export function mixTimers(linkMs: number): Timers {
  return {
    ...DEFAULT_TIMERS,
    captureLink: linkMs,
    // Longer than anybody waits for an agent on a busy machine: only who asks for nobody's skill does.
    queue: 60_000,
    customerJoin: 12_000,
    disconnectGrace: 10_000,
    call: 30_000,
    slot: 10_000,
  };
}

/**
 * Of 100 cases of the mix, how many are reviewed twice: all. The draw is the workflow's own, no seed
 * of ours decides it; only so does each way go as its script says.
 */
export const MIX_BLIND_PERCENT = 100;
/** The same on a day of a trace, whose scripts end alike however often they are reviewed. */
export const DAY_BLIND_PERCENT = 5;

/** An organization's settings with as many people as wanted, all of whom can serve everybody. */
export function fitted(
  { policy, ...settings }: OrganizationSettings,
  staff: StaffIds,
  timers: Timers,
  blindReviewPercent = MIX_BLIND_PERCENT,
): OrganizationSettings {
  return {
    ...settings,
    policy: {
      ...policy,
      timers,
      blindReviewPercent,
      queues: policy.queues.map((queue) => ({ ...queue, skills: [...DEMO_SKILLS, NOBODYS_SKILL] })),
    },
    agents: staff.agents.map((agentId) => ({
      agentId,
      languages: ['en', 'hi'],
      skills: [...DEMO_SKILLS],
    })),
    reviewers: [...staff.reviewers],
    supervisors: [...staff.supervisors],
  };
}
