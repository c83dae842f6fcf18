import type { AgentSnapshot, DeskEvents } from '../events';
import { Journal } from '../journal';
import { BLANK_COLUMNS, isoTime } from '../log-row';
import { Refusal } from '../refusal';
import type { Ticket } from '../messages';
import { allOf, inBuckets, withBucket, withoutBucket } from './buckets';
import { customerDue } from './due';
import { addAgent, addCustomer, changeLease, removeAgent, removeCustomer } from './indexes';
import { skillList } from './needs';
import type { DeskAgent, DeskMessages, DeskState, Lease, Waiting } from './state';

/** The desk in the making: the only place where customers, agents and their indexes change together. */
export class DeskJournal extends Journal<DeskMessages, DeskState> {
  emit<K extends keyof DeskEvents>(
    type: K,
    details: DeskEvents[K],
    about: {
      agentId?: string;
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
    });
  }

  knownAgent(agentId: string): DeskAgent | undefined {
    return inBuckets(this.state.agents, agentId);
  }

  agent(agentId: string): DeskAgent {
    const agent = this.knownAgent(agentId);
    if (!agent) throw new Refusal('AGENT_NOT_ONLINE', 'the agent is not online');
    return agent;
  }

  setAgent(agent: DeskAgent, patch: Partial<DeskAgent> = {}): DeskAgent {
    const before = this.knownAgent(agent.agentId);
    const moved = patch.state !== undefined && patch.state !== agent.state;
    const next = { ...agent, ...patch, stateSince: moved ? this.at : agent.stateSince };
    const without = before ? removeAgent(before)(this.state.index) : this.state.index;
    this.set({
      agents: withBucket(this.state.agents, agent.agentId, next),
      index: addAgent(next)(without),
    });
    return next;
  }

  removeAgent(agent: DeskAgent): void {
    this.set({
      agents: withoutBucket(this.state.agents, agent.agentId),
      index: removeAgent(agent)(this.state.index),
    });
  }

  agentsVia(process: string): DeskAgent[] {
    return allOf(this.state.agents).filter(({ via }) => via === process);
  }

  customersVia(process: string): Waiting[] {
    const isVia = ({ where }: Waiting): boolean => where.kind === 'HERE' && where.via === process;
    return allOf(this.state.waiting).filter(isVia);
  }

  setLease(process: string, lease: Lease | undefined): void {
    const { [process]: before, ...others } = this.state.leases;
    this.set({
      leases: lease ? { ...others, [process]: lease } : others,
      index: changeLease(process, before, lease)(this.state.index),
    });
  }

  /** The customer with this ticket, while he waits. */
  waiting({ profileId, n }: Ticket): Waiting | undefined {
    const entry = inBuckets(this.state.waiting, profileId);
    return entry?.ticket.n === n ? entry : undefined;
  }

  /** Skips that are over are forgotten. */
  setWaiting(entry: Omit<Waiting, 'due'>): void {
    const { profileId } = entry.ticket;
    const before = inBuckets(this.state.waiting, profileId);
    const skip = Object.fromEntries(Object.entries(entry.skip).filter(([, t]) => t > this.at));
    const next = { ...entry, skip, due: customerDue(entry, this.at) };
    const without = before ? removeCustomer(before)(this.state.index) : this.state.index;
    this.set({
      waiting: withBucket(this.state.waiting, profileId, next),
      index: addCustomer(next)(without),
    });
  }

  removeWaiting(entry: Waiting): void {
    this.set({
      waiting: withoutBucket(this.state.waiting, entry.ticket.profileId),
      index: removeCustomer(entry)(this.state.index),
    });
  }
}

export function agentSnapshot(agent: DeskAgent, state: string = agent.state): AgentSnapshot {
  return {
    state,
    since: isoTime(agent.stateSince),
    languages: [...agent.languages],
    skills: skillList(agent.skills),
    profileId: agent.busyWith?.profileId ?? agent.offer?.ticket.profileId ?? '',
    offerId: agent.offer?.offerId ?? '',
    pauseReason: agent.pauseReason,
  };
}
