import { APPROVED_WAYS } from './approved';
import { CANCELLED_WAYS } from './cancelled';
import type { Outcome } from './outcome';
import { REFUSED_WAYS } from './refused';

export { APPROVES, NOBODYS_SKILL, PLAIN, STAYS_AWAY } from './outcome';
export type { CallPlan, CheckerPlan, Losses, MakerPlan, Outcome } from './outcome';

/**
 * All the ways the demo knows, one row each. Together the shares make a block of at most 30, so that
 * 60 journeys show each way twice (outcomes.spec.ts). Left out: what only hours would show (nobody
 * decides for 4 h, a hold of a week), and offers that agents miss or decline, which change no end.
 */
export const OUTCOMES: readonly Outcome[] = [...APPROVED_WAYS, ...REFUSED_WAYS, ...CANCELLED_WAYS];
