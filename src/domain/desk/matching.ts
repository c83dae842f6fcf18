import { agentSnapshot, type DeskJournal } from './desk-journal';
import type { DeskAgent, Waiting } from './state';

/** Among those who fit: highest priority first, then longest waiting. */
function byTurn(a: Waiting, b: Waiting): number {
  return (
    b.needs.priority - a.needs.priority ||
    a.since - b.since ||
    (a.ticket.profileId < b.ticket.profileId ? -1 : 1)
  );
}

function serves(agent: DeskAgent, { needs, skip }: Waiting, at: number): boolean {
  return (
    agent.state === 'FREE' &&
    (skip[agent.agentId] ?? 0) <= at &&
    agent.languages.includes(needs.language) &&
    needs.skills.every((skill) => agent.skills.includes(skill))
  );
}

/** The preferred agent if he is free, else the one who has been idle longest. */
function chooseAgent(j: DeskJournal, entry: Waiting): DeskAgent | undefined {
  const fitting = Object.values(j.state.agents).filter((agent) => serves(agent, entry, j.at));
  return (
    fitting.find((agent) => agent.agentId === entry.preferredAgent) ??
    fitting.sort((a, b) => a.idleSince - b.idleSince || (a.agentId < b.agentId ? -1 : 1))[0]
  );
}

/** Offers every waiting customer for whom somebody fitting is free, each to one agent at a time. */
export function match(j: DeskJournal): void {
  let free = Object.values(j.state.agents).filter((agent) => agent.state === 'FREE').length;
  if (free === 0) return;
  const inLine = j.state.waiting.filter((entry) => entry.offerId === '').sort(byTurn);
  for (const entry of inLine) {
    if (free === 0) return;
    const agent = chooseAgent(j, entry);
    if (!agent) continue;
    offer(j, entry, agent);
    free -= 1;
  }
}

function offer(j: DeskJournal, entry: Waiting, agent: DeskAgent): void {
  const offersMade = j.state.offersMade + 1;
  const offerId = `${entry.ticket.profileId}.o${offersMade}`;
  j.set({ offersMade });
  const offered = j.setAgent(agent, {
    state: 'OFFERED',
    offer: { offerId, ticket: entry.ticket, expiresAt: j.at + entry.offerTimeout, accepted: false },
  });
  j.setWaiting({ ...entry, offerId });
  j.emit(
    'offer.made',
    { offerId, ticket: entry.ticket.n, agent: agentSnapshot(offered) },
    {
      agentId: agent.agentId,
      profileId: entry.ticket.profileId,
      queueId: entry.needs.queueId,
      queueName: entry.needs.queueName,
    },
  );
}
