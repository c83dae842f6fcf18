import { isoTime } from '../log-row';
import { Refusal } from '../refusal';
import type { ProfileCommands } from './commands';
import type { ProfileJournal } from './profile-journal';

/** How far ahead a slot may be booked, ms: 30 days. */
const MAX_AHEAD = 30 * 24 * 60 * 60 * 1_000;

/** The customer picks a time; it replaces one he had picked, and his link lasts until after it. */
export function bookSlot(j: ProfileJournal, input: ProfileCommands['bookSlot']): string {
  j.expectStatus('SCHEDULED');
  j.expectCaptureSession(input.captureSessionId);
  if (!(input.at > j.at && input.at <= j.at + MAX_AHEAD)) {
    throw new Refusal('SLOT_NOT_VALID', 'a slot lies in the next 30 days');
  }
  const { link, policy } = j.state;
  const expiresAt = Math.max(link.expiresAt, input.at + policy.timers.captureLink);
  j.set({ slot: input.at, link: { ...link, expiresAt } });
  j.emit('slot.booked', { at: isoTime(input.at) });
  return '';
}

/** He did not come back in time: the slot is gone and the place he may have had, the link is not. */
export function onSlotTimeout(j: ProfileJournal): void {
  j.set({ slot: undefined, waitedSince: undefined, noShows: j.state.noShows + 1 });
  j.moveTo('SCHEDULED', 'TECH_CUSTOMER_NO_SHOW');
  j.emit('slot.missed', {});
}
