import { Refusal } from '../refusal';
import type { ProfileStatus } from '../words';
import { endAvSession, releaseAgent } from './av-session';
import { currentTicket, enterLine, leaveLine } from './line';
import type { ProfileJournal } from './profile-journal';
import { unclaim } from './review-claim';

/** Puts the case aside, from any open status. */
export function hold(j: ProfileJournal): string {
  if (j.state.status === 'ON_HOLD') return '';
  holdNow(j, j.state.reason);
  return '';
}

/** Ends what the hold interrupts; a place in line is kept. */
export function holdNow(j: ProfileJournal, reason: string): void {
  const from = j.state.status;
  if (from === 'QUEUED') {
    leaveLine(j, 'HELD');
    j.send('desk', { kind: 'withdraw', ticket: currentTicket(j) });
  }
  if (from === 'IN_CALL') endAvSession(j, 'HELD', 'PLATFORM', 'ON_HOLD', reason);
  releaseAgent(j);
  if (j.state.review) unclaim(j, 'HELD');
  j.set({ hold: { from, since: j.at, reminders: 0 }, slot: undefined });
  j.moveTo('ON_HOLD', reason);
  j.emit('profile.held', { from });
}

/** Goes on where it stood. Who was in a call or about to be decided on has left: he comes back. */
export function release(j: ProfileJournal): string {
  const held = j.state.hold;
  if (j.state.status !== 'ON_HOLD' || !held) {
    throw new Refusal('WRONG_STATUS', `the profile is ${j.state.status}; this needs ON_HOLD`);
  }
  const heldMs = j.at - held.since;
  const to = continuationOf(held.from);
  const { link, policy } = j.state;
  // What he has to do by his link, he has the time for that he had before.
  const expiresAt = Math.max(link.expiresAt + heldMs, j.at + policy.timers.captureLink);
  j.set({ hold: undefined, link: { ...link, expiresAt } });
  j.moveTo(to, j.state.reason);
  j.emit('profile.released', { to }, { durationMs: heldMs });
  if (to === 'QUEUED') enterLine(j, 'REQUEUED', '', j.state.reason);
  return '';
}

function continuationOf(from: ProfileStatus): ProfileStatus {
  switch (from) {
    case 'CAPTURE_PENDING':
    case 'CAPTURE_IN_PROGRESS':
    case 'QUEUED':
      return from;
    case 'REVIEW_PENDING':
    case 'IN_REVIEW':
      return 'REVIEW_PENDING';
    default:
      return 'SCHEDULED';
  }
}

/** The supervisor's list, again and again. */
export function onHoldTimeout(j: ProfileJournal): void {
  const held = j.state.hold;
  if (!held) return;
  const reminders = held.reminders + 1;
  j.set({ hold: { ...held, reminders } });
  j.emit('hold.reminded', { count: reminders });
}
