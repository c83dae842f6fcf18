import { staffIds } from '../demo/run/staff';
import { fitted } from '../demo/settings';
import type { AgentSettings } from '../domain/organization/settings';
import { DEFAULT_TIMERS, type Policy } from '../domain/policy';
import { demoSettings } from '../local/demo/demo-settings';
import type { PastPlan } from './plan';

/** What of an organization decides its past. */
export interface Organization {
  readonly policy: Policy;
  readonly agents: readonly AgentSettings[];
  readonly reviewers: readonly string[];
}

/** Of a hundred reviews, how many are done twice. */
const BLIND_PERCENT = 8;

/** The demo's bank with the product's usual timers and as many people as its cases need. */
export function organizationOf({ agents, reviewers }: PastPlan): Organization {
  const { agents: makers, reviewers: checkers, supervisors } = staffIds(agents, reviewers);
  // None of them is one of who works there today.
  const past = (ids: readonly string[]): string[] => ids.map((id) => `past-${id}`);
  const staff = { agents: past(makers), reviewers: past(checkers), supervisors };
  // Nobody signs in here: whatever stands for the API key is never looked at.
  const settings = fitted(demoSettings(''), staff, DEFAULT_TIMERS, BLIND_PERCENT);
  return {
    policy: { ...settings.policy, version: 1 },
    agents: settings.agents,
    reviewers: settings.reviewers,
  };
}
