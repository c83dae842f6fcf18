import { Refusal } from '../refusal';
import { agentSnapshot, type DeskJournal } from './desk-journal';
import { giveUp } from './giving-up';
import type { DeskAgent, Offer } from './state';

/** How long an agent is not offered a customer again whom he declined or missed, ms. */
const SKIP_MS = 30_000;
/** Misses in a row after which an agent is set away (DESIGN: timers). */
const MAX_MISSES = 2;

function openOffer(
  j: DeskJournal,
  agentId: string,
  offerId: string,
): { agent: DeskAgent; offer: Offer } {
  const agent = j.agent(agentId);
  if (agent.offer?.offerId !== offerId)
    throw new Refusal('OFFER_GONE', 'this offer is no longer open');
  return { agent, offer: agent.offer };
}

function about(agent: DeskAgent, offer: Offer): { agentId: string; profileId: string } {
  return { agentId: agent.agentId, profileId: offer.ticket.profileId };
}

/** The agent takes the customer; the profile has the last word. Accepting twice is one acceptance. */
export function accept(j: DeskJournal, agentId: string, offerId: string): void {
  const { agent, offer } = openOffer(j, agentId, offerId);
  if (offer.accepted) return;
  const taken = j.setAgent(agent, { offer: { ...offer, accepted: true }, misses: 0 });
  j.emit(
    'offer.accepted',
    { offerId, ticket: offer.ticket.n, agent: agentSnapshot(taken) },
    { ...about(agent, offer), durationMs: j.at - agent.stateSince },
  );
  j.send('profiles', {
    profileId: offer.ticket.profileId,
    reply: { kind: 'assign', ticket: offer.ticket, offerId, agentId },
  });
}

export function decline(j: DeskJournal, agentId: string, offerId: string): void {
  const { agent, offer } = openOffer(j, agentId, offerId);
  if (offer.accepted) throw new Refusal('OFFER_GONE', 'this offer was accepted already');
  returnToLine(j, agent, 'offer.declined');
}

/** The offer ended without an acceptance: the agent is free, the customer where he was in line. */
export function returnToLine(
  j: DeskJournal,
  agent: DeskAgent,
  event: 'offer.declined' | 'offer.missed' | 'offer.undelivered',
): void {
  const offer = agent.offer;
  if (!offer) return;
  const missed = event === 'offer.missed';
  // In a row: who declines is there.
  const misses = missed ? agent.misses + 1 : event === 'offer.declined' ? 0 : agent.misses;
  const away = misses >= MAX_MISSES;
  const after = j.setAgent(agent, {
    state: away ? 'AWAY' : 'FREE',
    offer: undefined,
    misses: away ? 0 : misses,
  });
  j.emit(
    event,
    { offerId: offer.offerId, ticket: offer.ticket.n, agent: agentSnapshot(after) },
    { ...about(agent, offer), durationMs: j.at - agent.stateSince },
  );
  if (away) j.emit('agent.away', { agent: agentSnapshot(after) }, { agentId: agent.agentId });
  const entry = j.waiting(offer.ticket);
  if (entry) {
    // Who was not reached is offered nobody anyway, and this customer again once he is back.
    const skips = event === 'offer.undelivered' ? {} : { [agent.agentId]: j.at + SKIP_MS };
    const skip = { ...entry.skip, ...skips };
    j.setWaiting({ ...entry, offerId: '', skip });
    if (entry.needs.queueId in j.state.closed) giveUp(j, entry.ticket, 'CLOSED');
  }
}

/** The customer left the line while an offer for him was open. */
export function withdrawOffer(j: DeskJournal, agent: DeskAgent): void {
  const offer = agent.offer;
  if (!offer) return;
  const free = j.setAgent(agent, { state: 'FREE', offer: undefined });
  j.emit(
    'offer.withdrawn',
    { offerId: offer.offerId, ticket: offer.ticket.n, agent: agentSnapshot(free) },
    about(agent, offer),
  );
}
