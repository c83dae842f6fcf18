import { fitted } from '../demo/settings';
import { staffIds } from '../demo/run/staff';
import type { DeskCommand } from '../domain/desk/commands';
import type { AgentSettings } from '../domain/organization/settings';
import { DEFAULT_TIMERS, type Policy } from '../domain/policy';
import { demoSettings } from '../local/demo/demo-settings';

/** What of an organization decides who waits how long for whom. */
export interface Organization {
  readonly policy: Policy;
  readonly agents: readonly AgentSettings[];
}

/** The demo's organization, with the product's usual timers: so many agents, who can all serve everybody. */
export function demoOrganization(agents: number, queueMs?: number): Organization {
  const timers = { ...DEFAULT_TIMERS, ...(queueMs !== undefined && { queue: queueMs }) };
  // Nobody signs in here: whatever stands for the API key is never looked at.
  const settings = fitted(demoSettings(''), staffIds(agents, 0), timers);
  return { policy: { ...settings.policy, version: 1 }, agents: settings.agents };
}

/** How an agent says that he is there. */
export function onlineCommand(
  { agentId, languages, skills }: AgentSettings,
  wrapUpMs: number,
): DeskCommand {
  return { name: 'online', agentId, languages, skills, wrapUpMs };
}

/** The shortest time that an agent has to accept, ms. */
export function shortestOfferMs({ queues, timers }: Policy): number {
  return Math.min(...queues.map(({ offerTimeoutMs = timers.offer }) => offerTimeoutMs));
}
