import { Refusal } from '../refusal';
import { endInNothing } from './attempts';
import { avSnapshot, changeAv, endAvSession, releaseAgent } from './av-session';
import { storeDocument } from './capture';
import type { ProfileCommands } from './commands';
import { currentTicket, schedule } from './line';
import type { ProfileJournal } from './profile-journal';
import type { AvSession } from './state';
import { instantiateTasks } from './tasks';

/** What a call and its decision may take beyond their timers: deliveries, a worker that was down. */
const HELD_MARGIN_MS = 10 * 60_000;

/** The agent is his: the call's room and tasks are made, the desk is told. */
export function openAvSession(j: ProfileJournal, offerId: string, agentId: string): void {
  const av: AvSession = {
    avSessionId: `${j.state.profileId}.${j.state.avSessions.length + 1}`,
    agentId,
    offerId,
    openedAt: j.at,
    room: 'OPENING',
    customerIn: false,
    agentIn: false,
    customerSeen: false,
    gone: undefined,
  };
  j.set({
    avSessions: [...j.state.avSessions, av],
    agentHeld: true,
    agents: [...new Set([...j.state.agents, agentId])],
    maker: undefined,
  });
  const { call, decision } = j.state.policy.timers;
  j.moveTo('IN_CALL');
  j.emit('av.opened', { offerId, av: avSnapshot(av) });
  instantiateTasks(j, av.avSessionId);
  j.send('desk', {
    kind: 'confirm',
    ticket: currentTicket(j),
    offerId,
    avSessionId: av.avSessionId,
    heldFor: call + decision + HELD_MARGIN_MS,
  });
  j.send('video', { kind: 'openRoom', avSessionId: av.avSessionId });
}

/** One comes back: the other may be gone too, and has his own grace time from now. */
function stillGone(av: AvSession, back: 'AGENT' | 'CUSTOMER', at: number): AvSession['gone'] {
  if (av.gone?.who !== back) return av.gone;
  const otherIn = back === 'AGENT' ? av.customerIn : av.agentIn;
  const other = back === 'AGENT' ? 'CUSTOMER' : 'AGENT';
  return otherIn || av.startedAt === undefined ? undefined : { who: other, since: at };
}

function actingSide(
  j: ProfileJournal,
  { avSessionId, captureSessionId }: ProfileCommands['joinCall'],
): 'AGENT' | 'CUSTOMER' {
  if (j.actor.type === 'AGENT') {
    j.assignedAv(avSessionId);
    return 'AGENT';
  }
  j.expectCaptureSession(captureSessionId);
  return 'CUSTOMER';
}

/** Joining twice is harmless: a reload of the page is the same person in the same room. */
export function joinCall(j: ProfileJournal, input: ProfileCommands['joinCall']): string {
  const open = j.openCall();
  const who = actingSide(j, input);
  if (open.room !== 'OPEN')
    throw new Refusal('ROOM_NOT_READY', `the room is ${open.room}; try again in a moment`);
  if (who === 'AGENT' ? open.agentIn : open.customerIn) return open.avSessionId;
  const av = changeAv(
    j,
    open,
    who === 'AGENT'
      ? { agentIn: true, gone: stillGone(open, who, j.at) }
      : { customerIn: true, customerSeen: true, gone: stillGone(open, who, j.at) },
  );
  j.emit('av.joined', { who, av: avSnapshot(av) });
  if (av.agentIn && av.customerIn && av.startedAt === undefined) {
    const started = changeAv(j, av, { startedAt: j.at });
    j.emit('av.started', { av: avSnapshot(started) });
  }
  return av.avSessionId;
}

/**
 * A customer who leaves by his own will ends the call: the agent decides what it was. Whoever is
 * gone otherwise has the grace time to come back into the same call.
 */
export function leaveCall(j: ProfileJournal, input: ProfileCommands['leaveCall']): string {
  const open = j.openCall();
  const who = actingSide(j, input);
  const { cause = 'LEFT' } = input;
  if (!(who === 'AGENT' ? open.agentIn : open.customerIn)) return open.avSessionId;
  const out = who === 'AGENT' ? { agentIn: false } : { customerIn: false };
  const av = changeAv(j, open, { ...out, gone: open.gone ?? { who, since: j.at } });
  j.emit('av.left', { who, cause, av: avSnapshot(av) });
  if (who === 'CUSTOMER' && cause === 'LEFT') endAvSession(j, 'CUSTOMER_LEFT', 'CUSTOMER');
  return av.avSessionId;
}

/**
 * A supervisor ends a call that does not go on, or whose agent does not decide: the agent is free. Who
 * was in the call waits at his old place for another one; who has left since comes back another time.
 */
export function releaseCall(j: ProfileJournal, { why }: ProfileCommands['releaseCall']): string {
  j.expectStatus('IN_CALL', 'DECISION_PENDING');
  j.emit('call.released', { why });
  if (j.state.status === 'IN_CALL') endInNothing(j, 'RELEASED', 'TECH_SERVER_ERROR', 'QUEUED');
  else {
    releaseAgent(j);
    schedule(j, 'TECH_SERVER_ERROR');
  }
  return '';
}

/** Ending what has ended is no mistake: the customer may have left a moment earlier. */
export function endCall(j: ProfileJournal, input: ProfileCommands['endCall']): string {
  const av = j.assignedAv(input.avSessionId);
  return av.endedAt === undefined ? endAvSession(j, 'AGENT_ENDED', 'AGENT') : av.avSessionId;
}

export function addImage(j: ProfileJournal, input: ProfileCommands['addImage']): string {
  j.assignedAv(input.avSessionId);
  return storeDocument(j, input, 'AGENT');
}
