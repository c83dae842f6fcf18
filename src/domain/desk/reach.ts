import { agentSnapshot, type DeskJournal } from './desk-journal';
import { GRACE_MS } from './due';
import { returnToLine } from './offers';
import { endWrapUp } from './presence';
import type { DeskAgent } from './state';
import { loseCustomers } from './whereabouts';

/** A process renews its lease three times in this time; dead, it is missed when it is over. */
export const LEASE_MS = 36_000;
/** The same while nobody waits: nothing is lost by then, and a renewal costs the history five events. */
export const IDLE_LEASE_MS = 10 * 60_000;

/** An API process says that it lives: the streams it holds bring offers to their agents. */
export function renewLease(j: DeskJournal, process: string, lastsMs: number): void {
  j.setLease(process, { at: j.at, until: j.at + lastsMs });
}

/** The agent's stream was opened at this process. Who is not online has nothing to be told yet. */
export function connect(j: DeskJournal, agentId: string, process: string): void {
  const agent = j.knownAgent(agentId);
  if (!agent) return;
  heard(j, process);
  const reached = j.setAgent(agent, { via: process, lostAt: undefined });
  if (agent.lostAt === undefined) return;
  const gone = { agentId, durationMs: j.at - agent.lostAt };
  j.emit('agent.reconnected', { agent: agentSnapshot(reached) }, gone);
}

/** Whoever brings somebody's stream lives; a longer lease it has stays as it is. */
export function heard(j: DeskJournal, process: string): void {
  const until = Math.max(j.state.leases[process]?.until ?? 0, j.at + LEASE_MS);
  j.setLease(process, { at: j.at, until });
}

/** His stream at this process ended; one that he opened elsewhere meanwhile goes on. */
export function disconnect(j: DeskJournal, agentId: string, process: string): void {
  const agent = j.knownAgent(agentId);
  if (agent?.via === process) lose(j, agent);
}

/** The process did not renew its lease: whoever it reached is reached no more. */
export function leaseOver(j: DeskJournal, process: string): void {
  j.setLease(process, undefined);
  for (const agent of j.agentsVia(process)) lose(j, agent);
  loseCustomers(j, process);
}

/** His offer goes on at once and is no miss of his: nobody showed it to him. */
function lose(j: DeskJournal, agent: DeskAgent): void {
  if (agent.offer && !agent.offer.accepted) returnToLine(j, agent, 'offer.undelivered');
  const lost = j.setAgent(j.agent(agent.agentId), { via: '', lostAt: j.at });
  j.emit('agent.lost', { agent: agentSnapshot(lost) }, { agentId: agent.agentId });
}

/** How long after one question about a call that lasts too long the next one is asked, ms. */
const ASK_AGAIN_MS = 10 * 60_000;

/** What of an agent's own is due: an offer nobody answered, a wrap-up, the wait for one who is lost. */
export function onAgentDue(j: DeskJournal, agentId: string): void {
  const agent = j.agent(agentId);
  const { offer, lostAt, state, stateSince, wrapUpMs, askAt } = agent;
  const waitedFor = lostAt !== undefined && lostAt + GRACE_MS <= j.at;
  // The end of his process's lease in this same step may have taken the offer from him.
  if (offer && !offer.accepted) {
    if (wasReached(j, agent)) returnToLine(j, agent, 'offer.missed');
    else leaseOver(j, agent.via); // dead, and nobody else is to be offered in vain
  } else if (waitedFor && (state === 'FREE' || state === 'WRAP_UP')) goAway(j, agent);
  else if (state === 'WRAP_UP' && stateSince + wrapUpMs <= j.at) endWrapUp(j, agent);
  else if (askAt !== undefined && askAt <= j.at) ask(j, agent);
}

/** He has been busy for longer than he can be: his customer's profile is asked whether he still is. */
function ask(j: DeskJournal, agent: DeskAgent): void {
  const ticket = agent.busyWith;
  j.setAgent(agent, { askAt: ticket && j.at + ASK_AGAIN_MS });
  if (ticket) j.send('profiles', { profileId: ticket.profileId, reply: { kind: 'ask', ticket } });
}

/** Whether his process was alive after the offer was made; who asks for himself, asks. */
function wasReached(j: DeskJournal, { via, stateSince }: DeskAgent): boolean {
  return via === '' || (j.state.leases[via]?.at ?? 0) >= stateSince;
}

function goAway(j: DeskJournal, agent: DeskAgent): void {
  const away = j.setAgent(agent, { state: 'AWAY', misses: 0 });
  j.emit('agent.away', { agent: agentSnapshot(away) }, { agentId: agent.agentId });
}
