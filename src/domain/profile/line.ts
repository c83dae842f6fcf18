import type { ProfileEvents } from '../events';
import { isoTime } from '../log-row';
import type { Ticket } from '../messages';
import { Refusal } from '../refusal';
import { enqueueMessage } from './enqueue';
import type { ProfileJournal } from './profile-journal';
import { choiceAt } from './queue-choice';

/**
 * Puts the customer in line where it is open, else he comes back another time, to the place he has
 * now. Once in line, the original time is kept: a drop never costs the place.
 */
export function enterLine(
  j: ProfileJournal,
  why: 'SUBMITTED' | 'REJOINED' | 'REQUEUED',
  preferredAgent = '',
  reason = '',
): void {
  const { policy, language, skills, route } = j.state;
  const { queue, closesAt, chosenBy, candidates, closed } = choiceAt(j.state, j.at);
  if (candidates.length === 0)
    throw new Refusal('NO_QUEUE_FITS', 'no queue has this language with these skills');
  // Who was away (SCHEDULED) starts anew, at the time he had booked, or where he had waited in vain;
  // who was re-queued keeps his place.
  const booked = Math.min(j.at, j.state.slot ?? j.at, j.state.waitedSince ?? j.at);
  const since = why === 'REQUEUED' ? (j.state.line?.since ?? j.at) : booked;
  if (!queue) {
    waitForOpening(j, since);
    return;
  }
  const ticket = j.state.ticket + 1;
  j.set({
    ticket,
    slot: undefined,
    waitedSince: undefined,
    line: {
      queueId: queue.queueId,
      queueName: queue.queueName,
      priority: route?.priority ?? queue.priority,
      since,
      enteredAt: j.at,
    },
  });
  j.moveTo('QUEUED', reason);
  const choice = { chosenBy, candidates, closed };
  j.emit('queue.entered', { ticket, since: isoTime(since), why, preferredAgent, ...choice });
  const priority = route?.priority ?? queue.priority;
  const wanted = { ticket: currentTicket(j), queue, priority, language, skills, since, closesAt };
  j.send('desk', enqueueMessage({ ...wanted, preferredAgent }, policy.timers, j.at));
}

/** Every queue for him is closed. A time he had booked stays booked while it is still to come. */
function waitForOpening(j: ProfileJournal, since: number): void {
  const { slot } = j.state;
  j.set({ waitedSince: since, slot: slot !== undefined && slot > j.at ? slot : undefined });
  schedule(j, 'TECH_NO_AGENT_AVAILABLE');
}

export function currentTicket(j: ProfileJournal): Ticket {
  return { profileId: j.state.profileId, n: j.state.ticket };
}

/** Says that the wait is over; the status is the caller's to change. */
export function leaveLine(j: ProfileJournal, why: ProfileEvents['queue.left']['why']): void {
  const waited = j.at - (j.state.line?.enteredAt ?? j.at);
  j.emit('queue.left', { ticket: j.state.ticket, why }, { durationMs: waited });
}

/** The customer has something to do by his link again, and the whole time for it; a slot may give more. */
export function renewLink(j: ProfileJournal): void {
  const { link, policy } = j.state;
  const expiresAt = Math.max(link.expiresAt, j.at + policy.timers.captureLink);
  j.set({ link: { ...link, expiresAt } });
}

/** The customer is away: he comes back by his link, which is made to last again. */
export function schedule(j: ProfileJournal, reason: string): void {
  renewLink(j);
  j.moveTo('SCHEDULED', reason);
  const { closed, opensAt } = choiceAt(j.state, j.at);
  j.emit('profile.scheduled', { why: reason, closed, opensAt });
}
