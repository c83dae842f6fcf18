import type { AgentSnapshot, DeskEvents } from '../events';
import { Journal } from '../journal';
import { BLANK_COLUMNS, isoTime } from '../log-row';
import { Refusal } from '../refusal';
import type { Ticket } from '../messages';
import type { DeskAgent, DeskMessages, DeskState, Waiting } from './state';

/** Operational rows are kept for a year after they were written. */
const KEEP_MS = 365 * 24 * 60 * 60 * 1_000;

export class DeskJournal extends Journal<DeskMessages, DeskState> {
  emit<K extends keyof DeskEvents>(
    type: K,
    details: DeskEvents[K],
    about: {
      agentId: string;
      profileId?: string;
      queueId?: string;
      queueName?: string;
      durationMs?: number;
    },
  ): void {
    const seq = this.nextSeq();
    this.events.push({
      ...BLANK_COLUMNS,
      ...about,
      ouid: this.state.ouid,
      stream: 'desk',
      streamId: this.state.ouid,
      seq,
      eventType: type,
      occurredAt: isoTime(this.at),
      actorType: this.actor.type,
      actorId: this.actor.id,
      details,
      expiresAt: isoTime(this.at + KEEP_MS),
    });
  }

  agent(agentId: string): DeskAgent {
    const agent = this.state.agents[agentId];
    if (!agent) throw new Refusal('AGENT_NOT_ONLINE', 'the agent is not online');
    return agent;
  }

  setAgent(agent: DeskAgent, patch: Partial<DeskAgent> = {}): DeskAgent {
    const moved = patch.state !== undefined && patch.state !== agent.state;
    const next = { ...agent, ...patch, stateSince: moved ? this.at : agent.stateSince };
    this.set({ agents: { ...this.state.agents, [agent.agentId]: next } });
    return next;
  }

  removeAgent(agentId: string): void {
    this.set({
      agents: Object.fromEntries(
        Object.entries(this.state.agents).filter(([id]) => id !== agentId),
      ),
    });
  }

  waiting(ticket: Ticket): Waiting | undefined {
    return this.state.waiting.find(
      (w) => w.ticket.profileId === ticket.profileId && w.ticket.n === ticket.n,
    );
  }

  setWaiting(entry: Waiting): void {
    this.set({
      waiting: this.state.waiting.map((w) =>
        w.ticket.profileId === entry.ticket.profileId ? entry : w,
      ),
    });
  }

  removeWaiting(ticket: Ticket): void {
    this.set({
      waiting: this.state.waiting.filter(
        (w) => w.ticket.profileId !== ticket.profileId || w.ticket.n !== ticket.n,
      ),
    });
  }
}

export function agentSnapshot(agent: DeskAgent, state: string = agent.state): AgentSnapshot {
  return {
    state,
    since: isoTime(agent.stateSince),
    languages: [...agent.languages],
    skills: [...agent.skills],
    profileId: agent.busyWith?.profileId ?? agent.offer?.ticket.profileId ?? '',
    offerId: agent.offer?.offerId ?? '',
  };
}
