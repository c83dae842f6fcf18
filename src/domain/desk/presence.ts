import { Refusal } from '../refusal';
import { agentSnapshot, type DeskJournal } from './desk-journal';
import { returnToLine } from './offers';
import type { DeskAgent } from './state';

/** State stays compact: some 300 bytes an agent, so that a continue-as-new stays far below 2 MB. */
const MAX_AGENTS = 2_000;

export interface OnlineInput {
  readonly agentId: string;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
}

/** The agent is there. Said twice, or in a call, it changes nothing but what he can serve. */
export function online(j: DeskJournal, { agentId, languages, skills }: OnlineInput): void {
  const known = j.state.agents[agentId];
  if (known && known.state !== 'AWAY') {
    j.setAgent(known, { languages, skills, leaving: false });
    return;
  }
  if (!known && Object.keys(j.state.agents).length >= MAX_AGENTS) {
    throw new Refusal('DESK_FULL', `a desk takes at most ${MAX_AGENTS} agents`);
  }
  const agent: DeskAgent = {
    agentId,
    state: 'FREE',
    stateSince: j.at,
    idleSince: j.at,
    languages,
    skills,
    offer: undefined,
    busyWith: undefined,
    avSessionId: '',
    misses: 0,
    leaving: false,
  };
  j.set({ agents: { ...j.state.agents, [agentId]: agent } });
  j.emit('agent.online', { agent: agentSnapshot(agent) }, { agentId });
}

/** The agent leaves: at once when idle, after the call he is in or has just accepted otherwise. */
export function offline(j: DeskJournal, agentId: string): void {
  const agent = j.state.agents[agentId];
  if (!agent) return;
  if (agent.busyWith || agent.offer?.accepted) {
    j.setAgent(agent, { leaving: true });
    return;
  }
  if (agent.offer) returnToLine(j, agent, 'offer.declined');
  goOffline(j, j.agent(agentId));
}

export function goOffline(j: DeskJournal, agent: DeskAgent): void {
  j.removeAgent(agent.agentId);
  j.emit(
    'agent.offline',
    { agent: agentSnapshot({ ...agent, stateSince: j.at }, 'OFFLINE') },
    { agentId: agent.agentId },
  );
}

/** His call is over or did not come to be. `idleSince` given: he keeps his turn. */
export function freeAgent(j: DeskJournal, agent: DeskAgent, idleSince: number): void {
  const busyFor = j.at - agent.stateSince;
  const free = j.setAgent(agent, {
    state: 'FREE',
    offer: undefined,
    busyWith: undefined,
    avSessionId: '',
    idleSince,
  });
  j.emit(
    'agent.freed',
    { agent: agentSnapshot(free) },
    { agentId: agent.agentId, durationMs: busyFor },
  );
  if (agent.leaving) goOffline(j, free);
}
