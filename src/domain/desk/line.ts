import type { DeskMessage, Ticket } from '../messages';
import { allOf, inBuckets } from './buckets';
import { agentSnapshot, type DeskJournal } from './desk-journal';
import { giveUp } from './giving-up';
import { deskNeeds } from './needs';
import { withdrawOffer } from './offers';
import { inCallWith, offeredTo } from './people';
import { callBroke, callOver, giveBack } from './presence';
import { afterWait } from './service';

/** So many are carried over in one payload of Temporal's (carried.ts). */
export const MAX_WAITING = 10_000;

/** Messages of profiles. A ticket that is not the profile's current one is old news and ignored. */
export function onProfileMessage(j: DeskJournal, message: DeskMessage): void {
  switch (message.kind) {
    case 'enqueue':
      enqueue(j, message);
      return;
    case 'withdraw':
      withdraw(j, message.ticket);
      return;
    case 'confirm':
      confirm(j, message);
      return;
    case 'refuse':
      refuse(j, message.ticket, message.offerId, message.why);
      return;
    case 'release':
      release(j, message.ticket);
      return;
    case 'forget':
      forget(j, message.ticket.profileId);
      return;
  }
}

function enqueue(j: DeskJournal, message: Extract<DeskMessage, { kind: 'enqueue' }>): void {
  const { ticket } = message;
  const old = inBuckets(j.state.waiting, ticket.profileId);
  if (old && old.ticket.n >= ticket.n) return;
  // Who waits anew is in no call any more: his agent is free for him before anybody else is asked.
  const agent = inCallWith(j.state, ticket.profileId);
  if (agent && agent.busyWith.n < ticket.n) callBroke(j, agent);
  if (old) withdraw(j, old.ticket);
  const isClosed = message.needs.queueId in j.state.closed;
  if (isClosed || j.state.waiting.size >= MAX_WAITING) {
    giveUp(j, ticket, isClosed ? 'CLOSED' : 'FULL');
    return;
  }
  j.setWaiting({
    ticket,
    needs: deskNeeds(message.needs),
    since: message.since,
    until: message.until,
    offerTimeout: message.offerTimeout,
    preferredAgent: message.preferredAgent ?? '',
    offerId: '',
    // Another language or queue: where he is does not change by that.
    where: old?.where ?? { kind: 'HERE', via: '' },
    skip: {},
  });
}

function withdraw(j: DeskJournal, ticket: Ticket): void {
  const entry = j.waiting(ticket);
  if (!entry) return;
  j.removeWaiting(entry);
  const agent = offeredTo(j.state, ticket);
  // An accepted offer is the profile's to answer: its refusal frees the agent.
  if (agent && !agent.offer?.accepted) withdrawOffer(j, agent);
}

function confirm(
  j: DeskJournal,
  { ticket, offerId, avSessionId, heldFor }: Extract<DeskMessage, { kind: 'confirm' }>,
): void {
  const agent = offeredTo(j.state, ticket, offerId);
  if (!agent) return;
  const entry = j.waiting(ticket);
  if (entry) {
    j.set({ service: afterWait(j.state, entry.needs.queueId, j.at - entry.since) });
    j.removeWaiting(entry);
  }
  const busy = j.setAgent(agent, {
    state: 'BUSY',
    offer: undefined,
    busyWith: ticket,
    avSessionId,
    askAt: heldFor === undefined ? undefined : j.at + heldFor,
    queueId: entry?.needs.queueId ?? '',
  });
  j.emit(
    'offer.confirmed',
    { offerId, ticket: ticket.n, agent: agentSnapshot(busy) },
    { agentId: agent.agentId, profileId: ticket.profileId },
  );
}

/** The profile could not take the agent, or cannot be found: he is free again, his turn kept. */
export function refuse(j: DeskJournal, ticket: Ticket, offerId: string, why: string): void {
  const agent = offeredTo(j.state, ticket, offerId);
  if (!agent) return;
  const entry = j.waiting(ticket);
  if (entry) j.removeWaiting(entry);
  j.emit(
    'offer.refused',
    { offerId, ticket: ticket.n, why, agent: agentSnapshot(agent) },
    { agentId: agent.agentId, profileId: ticket.profileId },
  );
  giveBack(j, agent);
}

function release(j: DeskJournal, ticket: Ticket): void {
  const agent = inCallWith(j.state, ticket.profileId);
  if (agent && agent.busyWith.n <= ticket.n) callOver(j, agent);
}

/** Nobody will answer for this profile any more: its place, its offers and its agent are free. */
function forget(j: DeskJournal, profileId: string): void {
  const entry = inBuckets(j.state.waiting, profileId);
  if (entry) j.removeWaiting(entry);
  for (const agent of allOf(j.state.agents)) {
    const { offer } = agent;
    if (offer?.ticket.profileId === profileId) {
      if (offer.accepted) refuse(j, offer.ticket, offer.offerId, 'PROFILE_STOPPED');
      else withdrawOffer(j, agent);
    } else if (agent.busyWith?.profileId === profileId) callOver(j, agent);
  }
}
