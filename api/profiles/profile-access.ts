import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';

/**
 * Who may see a profile's personal data: the agent while it is with him, the reviewer while he has
 * claimed it. Nobody before, nobody after.
 */
export function expectAssigned(caller: Caller, state: ProfileState): void {
  const { id } = caller.actor;
  const withAgent = state.status === 'IN_CALL' || state.status === 'DECISION_PENDING';
  if (caller.kind === 'AGENT' && withAgent && lastAv(state)?.agentId === id) return;
  if (caller.kind === 'REVIEWER' && state.status === 'IN_REVIEW' && state.review?.reviewerId === id)
    return;
  throw new Problem('NOT_ASSIGNED', 'the profile is not with you now');
}

/** Who may see where a profile stands (no personal data): whoever has or had a part in it. */
export function expectInvolved(caller: Caller, state: ProfileState): void {
  const { id } = caller.actor;
  if (caller.kind === 'CLIENT' || caller.kind === 'SUPERVISOR') return;
  if (caller.kind === 'AGENT' && state.agents.includes(id)) return;
  const reviewable = state.status === 'REVIEW_PENDING' && !state.agents.includes(id);
  if (
    caller.kind === 'REVIEWER' &&
    (reviewable || state.review?.reviewerId === id || state.checker?.reviewerId === id)
  )
    return;
  throw new Problem('NOT_ASSIGNED', 'the profile is not with you');
}
