import { randomUUID } from 'node:crypto';
import {
  joinFailed,
  peerJoined,
  peerLeft,
  roomEnded,
  sessionClosed,
  sessionOpened,
} from './events';
import { type Body, Refusal, textIn } from './refusal';
import { newId, type Peer, type Session } from './state';
import { timeText } from './times';
import { verifyToken } from './tokens';
import type { Workspace } from './workspace';

/** 100ms docs: Create a room: a session lasts 12 h where a room does not say less. */
const MAX_SECONDS = 43_200;
/** 100ms docs: Webhook, peer.leave.success. */
type LeaveReason = 'client request' | 'websocket closed' | 'server removed peer';

export interface EndOfCall {
  /** Whose button it was; the API's where it is nobody's. */
  readonly by?: string;
  readonly reason: string;
  readonly lock: boolean;
}

/** Errors of room and role show here, not when the token is made (100ms docs: Security and tokens). */
export function join(workspace: Workspace, token: string, name: string): Peer {
  const claims = verifyToken(token, 'app', workspace.keys);
  const room = workspace.room(textIn(claims['room_id']));
  if (!room.enabled) throw new Refusal(403, 'room is disabled');
  const [role, userId] = [textIn(claims['role']), textIn(claims['user_id'])];
  const roles = workspace.template(textIn(room.config['template_id'])).body['roles'];
  const known = new Map(Object.entries(roles as Record<string, Body>)).get(role);
  const who = { id: randomUUID(), userId, name, role, isRecorder: false };
  if (!known) {
    joinFailed(workspace, room, who, 'role not allowed');
    throw new Refusal(403, 'role not allowed');
  }
  const running = workspace.sessions.get(room.id);
  // 100ms docs: Create a template: maxPeerCount is 0 for any number and -1 for nobody.
  const most = Number(known['maxPeerCount'] ?? 0);
  const there = [...(running?.peers.values() ?? [])].filter((peer) => peer.role === role).length;
  if (most === -1 || (most > 0 && there >= most)) throw new Refusal(403, 'role limit reached');
  const session = running ?? open(workspace, room.id);
  const peer = enter(workspace, session, who);
  if (!running) workspace.callReached('BEGUN', session);
  return peer;
}

export function enter(workspace: Workspace, session: Session, who: Omit<Peer, 'joinedAt'>): Peer {
  const peer = { ...who, joinedAt: timeText() };
  session.peers.set(peer.id, peer);
  session.updatedAt = peer.joinedAt;
  peerJoined(workspace, session, peer);
  return peer;
}

export function leave(
  workspace: Workspace,
  peerId: string,
  reason: LeaveReason = 'client request',
): void {
  const session = [...workspace.sessions.values()].find(({ peers }) => peers.has(peerId));
  const peer = session?.peers.get(peerId);
  if (!session || !peer) throw new Refusal(404, 'peer not found', ['not found']);
  peer.leftAt = timeText();
  session.updatedAt = peer.leftAt;
  session.peers.delete(peerId);
  session.gone.push(peer);
  peerLeft(workspace, session, peer, { reason, message: '' });
  if (session.peers.size === 0) close(workspace, session);
  else if (people(session).length === 0) workspace.callReached('ONLY_RECORDER_LEFT', session);
}

/** Reported late, and not at all where the call was over before (100ms docs: Webhook). */
export function dropConnection(workspace: Workspace, peerId: string): void {
  const session = [...workspace.sessions.values()].find(({ peers }) => peers.has(peerId));
  if (!session) throw new Refusal(404, 'peer not found', ['not found']);
  workspace.timers.after(workspace.delays.dropReportedMs, () => {
    if (session.peers.has(peerId)) leave(workspace, peerId, 'websocket closed');
  });
}

/** Everybody is sent away (100ms docs: End active room). */
export function endCall(workspace: Workspace, roomId: string, end: EndOfCall): void {
  const session = workspace.sessions.get(roomId);
  if (!session) throw new Refusal(404, 'room is not active', ['not found']);
  const { by = '', reason, lock } = end;
  const peer = session.peers.get(by);
  if (lock) workspace.room(roomId).enabled = false;
  roomEnded(workspace, session, { reason, lock, ...(peer && { by: peer }) });
  sendAway(workspace, session);
}

export function people(session: Session): Peer[] {
  return [...session.peers.values()].filter(({ isRecorder }) => !isRecorder);
}

function open(workspace: Workspace, roomId: string): Session {
  const at = timeText();
  const session: Session = {
    id: newId(),
    roomId,
    createdAt: at,
    updatedAt: at,
    peers: new Map(),
    gone: [],
  };
  workspace.sessions.set(roomId, session);
  sessionOpened(workspace, session);
  const seconds = Number(workspace.room(roomId).config['max_duration_seconds'] ?? MAX_SECONDS);
  workspace.timers.after(seconds * workspace.delays.secondMs, () => {
    if (session.closedAt === undefined) sendAway(workspace, session);
  });
  return session;
}

function sendAway(workspace: Workspace, session: Session): void {
  workspace.callReached('ENDING', session);
  for (const peer of people(session)) leave(workspace, peer.id, 'server removed peer');
}

function close(workspace: Workspace, session: Session): void {
  session.closedAt = timeText();
  workspace.sessions.delete(session.roomId);
  workspace.closedSessions.push(session);
  workspace.callReached('OVER', session);
  sessionClosed(workspace, session);
  workspace.callReached('CLOSED', session);
}
