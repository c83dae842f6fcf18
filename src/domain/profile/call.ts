import { Refusal } from '../refusal';
import type { Side } from '../video/facts';
import type { LeaveCause } from '../words';
import { endInNothing } from './attempts';
import { avSnapshot, changeAv, endAvSession, releaseAgent } from './av-session';
import { storeDocument } from './capture';
import type { ProfileCommands } from './commands';
import { currentTicket, schedule } from './line';
import type { ProfileJournal } from './profile-journal';
import { askToRecord } from './recording-request';
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
function stillGone(av: AvSession, back: Side, at: number): AvSession['gone'] {
  if (av.gone?.who !== back) return av.gone;
  const otherIn = back === 'AGENT' ? av.customerIn : av.agentIn;
  const other = back === 'AGENT' ? 'CUSTOMER' : 'AGENT';
  return otherIn || av.startedAt === undefined ? undefined : { who: other, since: at };
}

function actingSide(
  j: ProfileJournal,
  { avSessionId, captureSessionId }: ProfileCommands['joinCall'],
): Side {
  if (j.actor.type === 'AGENT') {
    j.assignedAv(avSessionId);
    return 'AGENT';
  }
  j.expectCaptureSession(captureSessionId);
  return 'CUSTOMER';
}

export function isIn(av: AvSession, who: Side): boolean {
  return who === 'AGENT' ? av.agentIn : av.customerIn;
}

/** He is in the call; with both in, it begins. */
export function comesIn(j: ProfileJournal, open: AvSession, who: Side): void {
  const gone = stillGone(open, who, j.at);
  const here = who === 'AGENT' ? { agentIn: true } : { customerIn: true, customerSeen: true };
  const av = changeAv(j, open, { ...here, gone });
  j.emit('av.joined', { who, av: avSnapshot(av) });
  if (!av.agentIn || !av.customerIn) return;
  if (av.startedAt === undefined) {
    const started = changeAv(j, av, { startedAt: j.at });
    j.emit('av.started', { av: avSnapshot(started) });
  }
  // Again when one comes back: the recorder leaves a call in which nobody is.
  askToRecord(j, j.openCall());
}

/** He is gone from the call, which waits for him. */
export function goesOut(j: ProfileJournal, open: AvSession, who: Side, cause: LeaveCause): void {
  const out = who === 'AGENT' ? { agentIn: false } : { customerIn: false };
  const av = changeAv(j, open, { ...out, gone: open.gone ?? { who, since: j.at } });
  j.emit('av.left', { who, cause, av: avSnapshot(av) });
}

/** Joining twice is harmless: a reload of the page is the same person in the same room. */
export function joinCall(j: ProfileJournal, input: ProfileCommands['joinCall']): string {
  const open = j.openCall();
  const who = actingSide(j, input);
  if (open.room !== 'OPEN')
    throw new Refusal('ROOM_NOT_READY', `the room is ${open.room}; try again in a moment`);
  const asked = changeAv(j, open, { joins: { ...open.joins, [who]: j.at } });
  if (!isIn(asked, who)) comesIn(j, asked, who);
  return open.avSessionId;
}

/**
 * A customer who leaves by his own will ends the call: the agent decides what it was. Whoever is
 * gone otherwise has the grace time to come back into the same call.
 */
export function leaveCall(j: ProfileJournal, input: ProfileCommands['leaveCall']): string {
  const open = j.openCall();
  const who = actingSide(j, input);
  const { cause = 'LEFT' } = input;
  if (!isIn(open, who)) return open.avSessionId;
  goesOut(j, open, who, cause);
  if (who === 'CUSTOMER' && cause === 'LEFT') endAvSession(j, 'CUSTOMER_LEFT', 'CUSTOMER');
  return open.avSessionId;
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
