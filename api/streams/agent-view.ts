import { isoTime } from '../../src/domain/log-row';
import type { AgentView } from '../../src/domain/desk/view';

/** What an agent sees of himself: by `GET /v1/agents/me` and by his stream of events. */
export function agentView(agentId: string, agent: AgentView | undefined): object {
  if (!agent) return { agentId, state: 'OFFLINE', offer: null, profileId: '', avSessionId: '' };
  const { state, since, pauseReason = '', offer, profileId, avSessionId } = agent;
  return {
    agentId,
    state,
    since: isoTime(since),
    pauseReason,
    offer: offer ? { ...offer, expiresAt: isoTime(offer.expiresAt) } : null,
    profileId,
    avSessionId,
  };
}
