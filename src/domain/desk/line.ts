import type { DeskMessage, Ticket } from '../messages';
import { agentSnapshot, type DeskJournal } from './desk-journal';
import { withdrawOffer } from './offers';
import { freeAgent } from './presence';
import type { DeskAgent } from './state';

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
  const old = j.state.waiting.find((w) => w.ticket.profileId === ticket.profileId);
  if (old && old.ticket.n >= ticket.n) return;
  // Who waits anew is in no call any more: his agent is free for him before anybody else is asked.
  release(j, { ...ticket, n: ticket.n - 1 });
  if (old) withdraw(j, old.ticket);
  const entry = {
    ticket,
    needs: message.needs,
    since: message.since,
    until: message.until,
    offerTimeout: message.offerTimeout,
    preferredAgent: message.preferredAgent ?? '',
    offerId: '',
    skip: {},
  };
  j.set({ waiting: [...j.state.waiting, entry] });
}

function withdraw(j: DeskJournal, ticket: Ticket): void {
  if (!j.waiting(ticket)) return;
  j.removeWaiting(ticket);
  const agent = offeredTo(j, ticket);
  // An accepted offer is the profile's to answer: its refusal frees the agent.
  if (agent && !agent.offer?.accepted) withdrawOffer(j, agent);
}

function confirm(
  j: DeskJournal,
  { ticket, offerId, avSessionId }: Extract<DeskMessage, { kind: 'confirm' }>,
): void {
  const agent = offeredTo(j, ticket, offerId);
  if (!agent) return;
  j.removeWaiting(ticket);
  const busy = j.setAgent(agent, {
    state: 'BUSY',
    offer: undefined,
    busyWith: ticket,
    avSessionId,
  });
  j.emit(
    'offer.confirmed',
    { offerId, ticket: ticket.n, agent: agentSnapshot(busy) },
    { agentId: agent.agentId, profileId: ticket.profileId },
  );
}

/** The profile could not take the agent, or cannot be found: he is free again, his turn kept. */
export function refuse(j: DeskJournal, ticket: Ticket, offerId: string, why: string): void {
  const agent = offeredTo(j, ticket, offerId);
  if (!agent) return;
  if (j.waiting(ticket)) j.removeWaiting(ticket);
  j.emit(
    'offer.refused',
    { offerId, ticket: ticket.n, why, agent: agentSnapshot(agent) },
    { agentId: agent.agentId, profileId: ticket.profileId },
  );
  freeAgent(j, agent, agent.idleSince);
}

function release(j: DeskJournal, ticket: Ticket): void {
  const agent = Object.values(j.state.agents).find(
    (a) => a.busyWith?.profileId === ticket.profileId && a.busyWith.n <= ticket.n,
  );
  if (agent) freeAgent(j, agent, j.at);
}

/** Nobody will answer for this profile any more: its place, its offers and its agent are free. */
function forget(j: DeskJournal, profileId: string): void {
  const entry = j.state.waiting.find((w) => w.ticket.profileId === profileId);
  if (entry) j.removeWaiting(entry.ticket);
  for (const agent of Object.values(j.state.agents)) {
    const { offer } = agent;
    if (offer?.ticket.profileId === profileId) {
      if (offer.accepted) refuse(j, offer.ticket, offer.offerId, 'PROFILE_STOPPED');
      else withdrawOffer(j, agent);
    } else if (agent.busyWith?.profileId === profileId) freeAgent(j, agent, j.at);
  }
}

function offeredTo(j: DeskJournal, ticket: Ticket, offerId?: string): DeskAgent | undefined {
  return Object.values(j.state.agents).find(
    ({ offer }) =>
      offer?.ticket.profileId === ticket.profileId &&
      offer.ticket.n === ticket.n &&
      (offerId === undefined || offer.offerId === offerId),
  );
}
