import { inBuckets } from './buckets';
import { agentSnapshot, type DeskJournal } from './desk-journal';
import { isIdle } from './indexes';
import { fits } from './needs';
import { byIdleness, byTurn, type Order } from './order';
import type { DeskAgent, DeskIndex, Waiting } from './state';
import { call } from './whereabouts';

interface Match {
  readonly entry: Waiting;
  readonly agent: DeskAgent;
}

/**
 * Offers every waiting customer for whom somebody fitting is free, each to one agent at a time: the
 * highest priority first, then the longest waiting; to the preferred agent if he is free, else to
 * the one who has been idle longest. Who asked for a callback is called in his turn.
 */
export function match(j: DeskJournal): void {
  while (Object.keys(j.state.index.free).length > 0) {
    const found = linesToServe(j.state.index)
      .map((line) => firstServed(j, line))
      .filter((served) => served !== undefined)
      .sort((a, b) => byTurn(a.entry, b.entry))[0];
    if (!found) return;
    if (found.entry.where.kind === 'CALLBACK') call(j, found.entry);
    else offer(j, found);
  }
}

/** No more are called than agents are free: the others would wait for one, away from their place. */
function linesToServe({ lines, callbacks, called, free }: DeskIndex): Order[] {
  const idle = Object.values(free).reduce((sum, { length }) => sum + length, 0);
  return [...Object.values(lines), ...(called < idle ? Object.values(callbacks) : [])];
}

/** The first of a line whom a free agent can serve. */
function firstServed(j: DeskJournal, line: Order): Match | undefined {
  for (const { id } of line) {
    const entry = inBuckets(j.state.waiting, id);
    if (!entry) throw new Error('a line with a customer who does not wait');
    const agent = chooseAgent(j, entry);
    if (agent) return { entry, agent };
    // Who came later asks for the same and has waited less: he is no easier to serve.
    if (Object.keys(entry.skip).length === 0) return undefined;
  }
  return undefined;
}

function chooseAgent(j: DeskJournal, entry: Waiting): DeskAgent | undefined {
  const preferred = j.knownAgent(entry.preferredAgent);
  if (preferred && serves(preferred, entry, j.at)) return preferred;
  return Object.values(j.state.index.free)
    .map((alike) => firstServing(j, alike, entry))
    .filter((agent) => agent !== undefined)
    .sort(byIdleness)[0];
}

/** The longest idle of agents who can all serve the same customers. */
function firstServing(j: DeskJournal, alike: Order, entry: Waiting): DeskAgent | undefined {
  for (const { id } of alike) {
    const agent = j.agent(id);
    if (serves(agent, entry, j.at)) return agent;
    // Only one whom he is not to be offered to just now makes it worth asking the next.
    if (entry.skip[id] === undefined) return undefined;
  }
  return undefined;
}

function serves(agent: DeskAgent, { needs, since, skip }: Waiting, at: number): boolean {
  return (
    isIdle(agent) &&
    (agent.trainedUntil === undefined || agent.trainedUntil > at) &&
    (skip[agent.agentId] ?? 0) <= at &&
    fits(agent, needs, at - since)
  );
}

function offer(j: DeskJournal, { entry, agent }: Match): void {
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
