import { isoTime } from '../log-row';
import { intervalsOf, merged, openAt, opensNext, type Interval } from '../openings';
import { Refusal } from '../refusal';
import type { ProfileCommands } from './commands';
import type { ProfileJournal } from './profile-journal';
import { candidatesOf } from './queue-choice';
import type { ProfileState } from './state';

/** How far ahead a slot may be booked, ms: 30 days. */
const MAX_AHEAD = 30 * 24 * 60 * 60 * 1_000;

/** The customer picks a time; it replaces one he had picked, and his link lasts until after it. */
export function bookSlot(j: ProfileJournal, input: ProfileCommands['bookSlot']): string {
  j.expectStatus('SCHEDULED');
  j.expectCaptureSession(input.captureSessionId);
  if (!(input.at > j.at && input.at <= j.at + MAX_AHEAD)) {
    throw new Refusal('SLOT_NOT_VALID', 'a slot lies in the next 30 days');
  }
  expectOpen(j.state, input.at);
  const { link, policy } = j.state;
  const expiresAt = Math.max(link.expiresAt, input.at + policy.timers.captureLink);
  j.set({ slot: input.at, link: { ...link, expiresAt } });
  j.emit('slot.booked', { at: isoTime(input.at) });
  return '';
}

function expectOpen(state: ProfileState, at: number): void {
  const { queues } = candidatesOf(state);
  if (queues.some((queue) => openAt(queue, state.openings, at))) return;
  const next = opensNext(queues, state.openings, at);
  const then = next === undefined ? 'no later opening is known' : `open again at ${isoTime(next)}`;
  throw new Refusal('SLOT_NOT_VALID', `nobody is there for him at that time; ${then}`);
}

/** The times that may be booked now: some queue for him is open then. */
export function bookable(state: ProfileState, now: number): Interval[] {
  if (state.status !== 'SCHEDULED') return [];
  const { queues } = candidatesOf(state);
  const open = queues.flatMap((queue) => intervalsOf(queue, state.openings));
  return merged(open, { from: now, to: now + MAX_AHEAD });
}

/** He did not come back in time: the slot is gone and the place he may have had, the link is not. */
export function onSlotTimeout(j: ProfileJournal): void {
  j.set({ slot: undefined, waitedSince: undefined, noShows: j.state.noShows + 1 });
  j.moveTo('SCHEDULED', 'TECH_CUSTOMER_NO_SHOW');
  j.emit('slot.missed', {});
}
