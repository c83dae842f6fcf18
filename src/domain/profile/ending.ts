import type { CancelReason, ProfileStatus } from '../words';
import { endAvSession, releaseAgent } from './av-session';
import { closeCapture } from './capture';
import type { ProfileCommands } from './commands';
import { currentTicket, leaveLine } from './line';
import type { ProfileJournal } from './profile-journal';
import { awaitsRecording } from './recording-state';

export function cancel(j: ProfileJournal, input: ProfileCommands['cancel']): string {
  finish(j, 'CANCELLED', '', input.cancelReason);
  return '';
}

/**
 * A final status from any open one: ends what is open (call, place in line, login, review) and
 * leaves the closing phase to settle what was sent out.
 */
export function finish(
  j: ProfileJournal,
  status: ProfileStatus,
  reason: string,
  cancelReason: CancelReason | '' = '',
): void {
  const from = j.state.status;
  if (from === 'IN_CALL') endAvSession(j, 'CASE_ENDED', 'PLATFORM');
  if (from === 'QUEUED') {
    leaveLine(j, 'CASE_ENDED');
    j.send('desk', { kind: 'withdraw', ticket: currentTicket(j) });
  }
  releaseAgent(j);
  closeCapture(j, 'JOURNEY_OVER');
  j.set({ cancelReason, slot: undefined, hold: undefined });
  j.moveTo(status, reason);
  j.emit('profile.finished', { from, cancelReason }, { durationMs: j.at - j.state.createdAt });
  closeWhenSettled(j);
}

/**
 * The end: the desk has acknowledged, every room is settled, every recording found or given up. Only the refusal of an assignment
 * that was already on its way can follow.
 */
export function closeWhenSettled(j: ProfileJournal): void {
  const { outbox, closed, avSessions } = j.state;
  if (closed || avSessions.some(awaitsRecording)) return;
  if (outbox.desk.length > 0 || outbox.video.length > 0) return;
  j.set({ closed: true });
  j.emit('profile.closed', {});
}
