import type { DeskReply, Ticket, WaitEnd } from '../messages';
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
      onWaitExpired(j, reply.ticket, reply.why);
      return;
    case 'ask':
      onAsk(j, reply.ticket);
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

/** Who waited in vain keeps his place for when he comes back; who went away and stayed away does not. */
function onWaitExpired(j: ProfileJournal, ticket: Ticket, why?: WaitEnd): void {
  if (j.state.status !== 'QUEUED' || ticket.n !== j.state.ticket) {
    countRefused(j);
    return;
  }
  leaveLine(j, why ?? 'EXPIRED');
  if (why === 'AWAY') {
    schedule(j, 'TECH_CUSTOMER_NO_SHOW');
    return;
  }
  j.set({ waitedSince: j.state.line?.since });
  schedule(j, 'TECH_NO_AGENT_AVAILABLE');
}

/** The desk has not heard of its agent for longer than a call and a decision take. */
function onAsk(j: ProfileJournal, ticket: Ticket): void {
  const isHeld = j.state.agentHeld && ticket.n === j.state.ticket;
  if (!isHeld) j.send('desk', { kind: 'release', ticket });
}

function countRefused(j: ProfileJournal): void {
  j.set({ refusedSignals: j.state.refusedSignals + 1 });
}
