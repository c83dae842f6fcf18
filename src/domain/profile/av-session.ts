import type { AvSnapshot } from '../events';
import { isoTime } from '../log-row';
import type { Ticket } from '../messages';
import type { Party, ProfileStatus } from '../words';
import { withdrawCapture } from './capture-requests';
import { currentTicket } from './line';
import type { ProfileJournal, Subject } from './profile-journal';
import { awaitsRecording, recordingAtEnd } from './recording-state';
import type { AvSession } from './state';

/** An AV session as its events carry it. */
export function avSnapshot(av: AvSession): AvSnapshot {
  return {
    agentId: av.agentId,
    openedAt: isoTime(av.openedAt),
    startedAt: av.startedAt === undefined ? '' : isoTime(av.startedAt),
    endedAt: av.endedAt === undefined ? '' : isoTime(av.endedAt),
    endWhy: av.endWhy ?? '',
    endParty: av.endParty ?? '',
    room: av.room,
    roomId: av.roomId ?? '',
    systemCause: av.systemCause ?? '',
    recording: av.recording?.state ?? '',
    recordingDoubts: [...(av.recording?.doubts ?? [])],
  };
}

/**
 * What the system makes of an end, by the catalogue's codes. An ordinary end has none, except that an
 * agent may hang up because the customer was gone.
 */
function causeOf({ gone }: AvSession, endWhy: string): string {
  const dropped = gone?.who === 'AGENT' ? 'TECH_CALL_DROPPED_AGENT' : 'TECH_CALL_DROPPED_CUSTOMER';
  switch (endWhy) {
    case 'CUSTOMER_LEFT':
      return 'TECH_CALL_DROPPED_CUSTOMER';
    case 'DROPPED':
      return dropped;
    case 'AGENT_ENDED':
    case 'MAX_DURATION':
      return gone ? dropped : '';
    case 'NO_SHOW':
      return 'TECH_CUSTOMER_NO_SHOW';
    case 'ROOM_FAILED':
    case 'ROOM_ENDED':
    case 'RELEASED':
      return 'TECH_SERVER_ERROR';
    default:
      return '';
  }
}

/** For an event about an AV session that need not be the current one. */
export function subjectOf({ avSessionId, agentId }: AvSession): Subject {
  return { avSessionId, agentId };
}

export function changeAv(j: ProfileJournal, old: AvSession, patch: Partial<AvSession>): AvSession {
  const av = { ...old, ...patch };
  j.set({ avSessions: j.state.avSessions.map((a) => (a.avSessionId === av.avSessionId ? av : a)) });
  return av;
}

/**
 * Ends the call and locks its room. The agent stays busy until he decided, his time ended or the
 * profile went elsewhere: that is `next`, with the reason that explains it.
 */
export function endAvSession(
  j: ProfileJournal,
  endWhy: string,
  endParty: Party,
  next: ProfileStatus = 'DECISION_PENDING',
  reason = '',
): string {
  const open = j.openCall();
  withdrawCapture(j, 'CALL_ENDED');
  const talked = open.startedAt === undefined ? 0 : j.at - open.startedAt;
  const av = changeAv(j, open, {
    endedAt: j.at,
    endWhy,
    endParty,
    systemCause: causeOf(open, endWhy),
    ...recordingAtEnd(open, j.at),
    customerIn: false,
    agentIn: false,
    gone: undefined,
    room: open.room === 'FAILED' ? 'FAILED' : 'CLOSING',
  });
  j.set({ decisionReminders: 0 });
  j.moveTo(next, reason);
  j.emit(
    'av.ended',
    { why: endWhy, av: avSnapshot(av) },
    { ...subjectOf(av), durationMs: talked, party: endParty },
  );
  const { avSessionId } = av;
  if (av.recordsOnRequest && awaitsRecording(av))
    j.send('video', { kind: 'stopRecording', avSessionId });
  if (open.room !== 'FAILED') j.send('video', { kind: 'closeRoom', avSessionId });
  return avSessionId;
}

/**
 * Tells the desk that the agent of `ticket` is free. Who goes back into the line is sent first: the
 * desk would otherwise give his preferred agent to somebody else in between.
 */
export function releaseAgent(j: ProfileJournal, ticket: Ticket = currentTicket(j)): void {
  if (!j.state.agentHeld) return;
  j.set({ agentHeld: false });
  j.send('desk', { kind: 'release', ticket });
}
