import { randomUUID } from 'node:crypto';
import type { Body } from './refusal';
import type { Peer, Room, Session } from './state';
import { secondsBetween, secondText, timeText, ZERO_TIME } from './times';
import type { Workspace } from './workspace';

/** Only these carry `app_id`, and these two are of version 1.0 (100ms docs: Webhook, the samples). */
const WITH_APP = /^(session|recording)\./;
const OLD = /^recording\./;

export function emit(workspace: Workspace, type: string, data: Body): void {
  workspace.emit({
    version: OLD.test(type) ? '1.0' : '2.0',
    id: randomUUID(),
    ...(WITH_APP.test(type) && { app_id: workspace.appId }),
    account_id: workspace.customerId,
    timestamp: secondText(),
    type,
    data,
  });
}

/** What nearly all have; beam events have no more of the room than this. */
export function inSession(workspace: Workspace, session: Session): Body {
  const { config } = workspace.room(session.roomId);
  return {
    room_id: session.roomId,
    session_id: session.id,
    template_id: config['template_id'],
    session_started_at: session.createdAt,
  };
}

export function inNamedSession(workspace: Workspace, session: Session): Body {
  const { name } = workspace.room(session.roomId);
  return { ...inSession(workspace, session), room_name: name };
}

export function sessionOpened(workspace: Workspace, session: Session): void {
  emit(workspace, 'session.open.success', inNamedSession(workspace, session));
}

export function sessionClosed(workspace: Workspace, session: Session): void {
  const { createdAt, closedAt = timeText() } = session;
  emit(workspace, 'session.close.success', {
    ...inNamedSession(workspace, session),
    session_duration: secondsBetween(createdAt, closedAt),
    session_stopped_at: closedAt,
  });
}

export function peerJoined(workspace: Workspace, session: Session, peer: Peer): void {
  const where = inNamedSession(workspace, session);
  emit(workspace, 'peer.join.success', { ...where, ...person(peer), joined_at: peer.joinedAt });
}

/** There is no session: he never was inside. */
export function joinFailed(
  workspace: Workspace,
  room: Room,
  who: Omit<Peer, 'joinedAt'>,
  message: string,
): void {
  emit(workspace, 'peer.join.failure', {
    room_id: room.id,
    room_name: room.name,
    template_id: room.config['template_id'],
    ...person(who),
    joined_at: ZERO_TIME,
    error_message: message,
  });
}

export function peerLeft(
  workspace: Workspace,
  session: Session,
  peer: Peer,
  { reason, message }: { readonly reason: string; readonly message: string },
): void {
  const { joinedAt, leftAt = timeText() } = peer;
  emit(workspace, 'peer.leave.success', {
    ...inNamedSession(workspace, session),
    ...person(peer),
    joined_at: joinedAt,
    left_at: leftAt,
    duration: secondsBetween(joinedAt, leftAt),
    reason,
    message,
  });
}

/** Who is empty where the server ended it; `source` is documented as `peer` and others. */
export function roomEnded(
  workspace: Workspace,
  session: Session,
  end: { readonly by?: Peer; readonly reason: string; readonly lock: boolean },
): void {
  emit(workspace, 'room.end.success', {
    ...inNamedSession(workspace, session),
    peer_id: end.by?.id ?? '',
    user_id: end.by?.userId ?? '',
    user_name: end.by?.name ?? '',
    role: end.by?.role ?? '',
    lock_room: end.lock,
    reason: end.reason,
    source: end.by ? 'peer' : 'server',
  });
}

function person({ id, userId, name, role }: Omit<Peer, 'joinedAt'>): Body {
  return {
    peer_id: id,
    user_id: userId,
    user_name: name,
    user_data: '',
    role,
    type: 'regular',
  };
}
