import type { CloseReason } from '../words';
import { allOf } from './buckets';
import type { DeskJournal } from './desk-journal';
import { giveUp } from './giving-up';

/** Nobody waits there any more: who did keeps his place for later. An open offer is still answered. */
export function closeQueue(j: DeskJournal, queueId: string, why: CloseReason): void {
  if (queueId in j.state.closed) return;
  j.set({ closed: { ...j.state.closed, [queueId]: { since: j.at, why } } });
  j.emit('queue.closed', { why }, { queueId });
  for (const { ticket, needs, offerId } of allOf(j.state.waiting)) {
    if (needs.queueId === queueId && offerId === '') giveUp(j, ticket, 'CLOSED');
  }
}

export function openQueue(j: DeskJournal, queueId: string): void {
  const { [queueId]: was, ...others } = j.state.closed;
  if (!was) return;
  j.set({ closed: others });
  j.emit('queue.opened', {}, { queueId, durationMs: j.at - was.since });
}
