import type { DeskReply, Ticket } from '../messages';
import { openAvSession } from './call';
import { leaveLine, schedule } from './line';
import type { ProfileJournal } from './profile-journal';

/** What the desk proposes. The profile owns the truth: it confirms, refuses or ignores. */
export function onDeskReply(j: ProfileJournal, reply: DeskReply): void {
  switch (reply.kind) {
    case 'assign':
      onAssign(j, reply);
      return;
    case 'waitExpired':
      onWaitExpired(j, reply.ticket);
      return;
  }
}

function onAssign(j: ProfileJournal, reply: Extract<DeskReply, { kind: 'assign' }>): void {
  const { ticket, offerId, agentId } = reply;
  // The same assignment once more (a repeated signal) was answered when it first came.
  if (j.state.avSessions.some((av) => av.offerId === offerId)) return;
  if (j.state.status !== 'QUEUED' || ticket.n !== j.state.ticket) {
    const why = ticket.n === j.state.ticket ? j.state.status : 'OLD_TICKET';
    countRefused(j);
    j.emit('assignment.refused', { offerId, why }, { agentId });
    j.send('desk', { kind: 'refuse', ticket, offerId, why });
    return;
  }
  leaveLine(j, 'ASSIGNED');
  openAvSession(j, offerId, agentId);
}

function onWaitExpired(j: ProfileJournal, ticket: Ticket): void {
  if (j.state.status !== 'QUEUED' || ticket.n !== j.state.ticket) {
    countRefused(j);
    return;
  }
  leaveLine(j, 'EXPIRED');
  j.set({ waitedSince: j.state.line?.since });
  schedule(j, 'TECH_NO_AGENT_AVAILABLE');
}

function countRefused(j: ProfileJournal): void {
  j.set({ refusedSignals: j.state.refusedSignals + 1 });
}
