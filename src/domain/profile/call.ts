import type { AvSnapshot } from '../events';
import { isoTime } from '../log-row';
import { Refusal } from '../refusal';
import type { Party } from '../words';
import { storeDocument } from './capture';
import type { ProfileCommands, ProfileInput } from './commands';
import { currentTicket, enterLine, schedule } from './line';
import type { ProfileJournal } from './profile-journal';
import { lastAv, type AvSession } from './state';
import { instantiateTasks } from './tasks';

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
  };
  j.set({
    avSessions: [...j.state.avSessions, av],
    agentHeld: true,
    agents: [...new Set([...j.state.agents, agentId])],
    maker: undefined,
  });
  j.moveTo('IN_CALL');
  j.emit('av.opened', { offerId, av: avSnapshot(av) });
  instantiateTasks(j, av.avSessionId);
  j.send('desk', {
    kind: 'confirm',
    ticket: currentTicket(j),
    offerId,
    avSessionId: av.avSessionId,
  });
  j.send('video', { kind: 'openRoom', avSessionId: av.avSessionId });
}

export function avSnapshot(av: AvSession): AvSnapshot {
  return {
    agentId: av.agentId,
    openedAt: isoTime(av.openedAt),
    startedAt: av.startedAt === undefined ? '' : isoTime(av.startedAt),
    endedAt: av.endedAt === undefined ? '' : isoTime(av.endedAt),
    endWhy: av.endWhy ?? '',
    endParty: av.endParty ?? '',
    room: av.room,
  };
}

function change(j: ProfileJournal, old: AvSession, patch: Partial<AvSession>): AvSession {
  const av = { ...old, ...patch };
  j.set({ avSessions: j.state.avSessions.map((a) => (a.avSessionId === av.avSessionId ? av : a)) });
  return av;
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
  const av = change(
    j,
    open,
    who === 'AGENT' ? { agentIn: true } : { customerIn: true, customerSeen: true },
  );
  j.emit('av.joined', { who, av: avSnapshot(av) });
  if (av.agentIn && av.customerIn && av.startedAt === undefined) {
    const started = change(j, av, { startedAt: j.at });
    j.emit('av.started', { av: avSnapshot(started) });
  }
  return av.avSessionId;
}

export function leaveCall(j: ProfileJournal, input: ProfileCommands['leaveCall']): string {
  const open = j.openCall();
  const who = actingSide(j, input);
  if (!(who === 'AGENT' ? open.agentIn : open.customerIn)) return open.avSessionId;
  const av = change(j, open, who === 'AGENT' ? { agentIn: false } : { customerIn: false });
  j.emit('av.left', { who, av: avSnapshot(av) });
  return av.avSessionId;
}

export function endCall(j: ProfileJournal, input: ProfileCommands['endCall']): string {
  j.openCall();
  j.assignedAv(input.avSessionId);
  return endAvSession(j, 'AGENT_ENDED', 'AGENT');
}

/** Ends the call and locks its room; the agent stays busy until he decided or his time ended. */
export function endAvSession(j: ProfileJournal, endWhy: string, endParty: Party): string {
  const open = j.openCall();
  const talked = open.startedAt === undefined ? 0 : j.at - open.startedAt;
  const av = change(j, open, {
    endedAt: j.at,
    endWhy,
    endParty,
    customerIn: false,
    agentIn: false,
    room: open.room === 'FAILED' ? 'FAILED' : 'CLOSING',
  });
  j.moveTo('DECISION_PENDING');
  j.emit('av.ended', { why: endWhy, av: avSnapshot(av) }, { durationMs: talked, party: endParty });
  if (open.room !== 'FAILED') j.send('video', { kind: 'closeRoom', avSessionId: av.avSessionId });
  return av.avSessionId;
}

export function addImage(j: ProfileJournal, input: ProfileCommands['addImage']): string {
  j.assignedAv(input.avSessionId);
  return storeDocument(j, input, 'AGENT');
}

/** The customer never came: once more in line, then he picks another time (DESIGN: timers). */
export function onCustomerJoinTimeout(j: ProfileJournal): void {
  const noShows = j.state.noShows + 1;
  endAvSession(j, 'TECH_CUSTOMER_NO_SHOW', 'CUSTOMER');
  j.set({ noShows });
  releaseAgent(j);
  if (noShows === 1) enterLine(j, 'REQUEUED', '', 'TECH_CUSTOMER_NO_SHOW');
  else schedule(j, 'TECH_CUSTOMER_NO_SHOW');
}

export function releaseAgent(j: ProfileJournal): void {
  if (!j.state.agentHeld) return;
  j.set({ agentHeld: false });
  j.send('desk', { kind: 'release', ticket: currentTicket(j) });
}

/** What the video activities answered: a room opened, failed to, or was locked. */
export function onVideoSettled(
  j: ProfileJournal,
  { id, roomId, error }: Extract<ProfileInput, { name: 'videoSettled' }>,
): void {
  const message = j.state.outbox.video.find((e) => e.id === id)?.message;
  if (!message || !j.settle('video', id)) return;
  const { kind, avSessionId } = message;
  const old = j.state.avSessions.find((a) => a.avSessionId === avSessionId);
  if (!old) throw new Error(`a room settled for no AV session: ${avSessionId}`);
  const subject = { avSessionId, agentId: old.agentId };
  if (kind === 'openRoom') {
    // Ended before the room was there: it is on its way to being locked, and stays so.
    const ended = old.endedAt !== undefined;
    const room = ended ? old.room : error === undefined ? 'OPEN' : 'FAILED';
    const opened = room === 'OPEN' ? { roomOpenedAt: j.at } : {};
    const av = avSnapshot(change(j, old, { room, ...opened }));
    if (error === undefined) j.emit('av.room-opened', { roomId: roomId ?? '', av }, subject);
    else onRoomFailed(j, error, av, subject);
    return;
  }
  const av = avSnapshot(change(j, old, { room: error === undefined ? 'LOCKED' : 'FAILED' }));
  if (error === undefined) j.emit('av.room-locked', { av }, subject);
  else j.emit('av.room-lock-failed', { error, av }, subject);
}

/** Without a room there is no call: nobody's fault but ours, so he keeps his place and his agent. */
function onRoomFailed(
  j: ProfileJournal,
  error: string,
  av: AvSnapshot,
  subject: { avSessionId: string; agentId: string },
): void {
  j.emit('av.room-failed', { error, av }, subject);
  if (j.state.status !== 'IN_CALL' || lastAv(j.state)?.avSessionId !== subject.avSessionId) return;
  endAvSession(j, 'TECH_SERVER_ERROR', 'PLATFORM');
  releaseAgent(j);
  if (j.state.avSessions.length < j.state.policy.maxAttempts) {
    enterLine(j, 'REQUEUED', subject.agentId, 'TECH_SERVER_ERROR');
  } else schedule(j, 'TECH_SERVER_ERROR');
}
