import type { Ticket, WaitEnd } from '../messages';
import type { DeskJournal } from './desk-journal';

/** The customer waits no more; what becomes of him is his profile's to say. */
export function giveUp(j: DeskJournal, ticket: Ticket, why?: WaitEnd): void {
  const entry = j.waiting(ticket);
  if (entry) j.removeWaiting(entry);
  j.send('profiles', {
    profileId: ticket.profileId,
    reply: { kind: 'waitExpired', ticket, ...(why && { why }) },
  });
}
