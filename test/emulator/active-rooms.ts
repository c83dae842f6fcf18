import { endCall } from './call';
import { filtered } from './pages';
import { type Body, invalid, Refusal, requireKnown, textIn } from './refusal';
import type { Session } from './state';
import type { Workspace } from './workspace';

/** 100ms docs: Retrieve active room: 404 where nobody is inside. */
export function activeRoom(workspace: Workspace, id: string): object {
  const session = sessionOf(workspace, id);
  const { name } = workspace.room(id);
  return {
    id,
    name,
    customer_id: workspace.customerId,
    session: { id: session.id, created_at: session.createdAt, peers: [...session.peers.keys()] },
  };
}

/** 100ms docs: List peers: the recorder is one of them. */
export function activePeers(workspace: Workspace, id: string, query: URLSearchParams): object {
  const inside = filtered([...sessionOf(workspace, id).peers.values()], query, {
    user_id: ({ userId }) => userId,
    role: ({ role }) => role,
  });
  const peers = inside.map((peer) => [
    peer.id,
    {
      id: peer.id,
      name: peer.name,
      user_id: peer.userId,
      metadata: '',
      role: peer.role,
      joined_at: peer.joinedAt,
    },
  ]);
  return { peers: Object.fromEntries(peers) as object };
}

/** 100ms docs: End active room. Answers at once, ends a little later; an empty room is not locked either. */
export function endRoom(workspace: Workspace, id: string, body: Body): object {
  requireKnown(body, ['reason', 'lock']);
  const { lock = false, reason } = body;
  if (typeof lock !== 'boolean') throw invalid('lock');
  const session = sessionOf(workspace, id);
  if (lock) workspace.room(id).enabled = false;
  workspace.timers.after(workspace.delays.endRoomMs, () => {
    // It can be over by itself, or there can be another by now.
    if (workspace.sessions.get(id) !== session) return;
    endCall(workspace, id, { lock, reason: textIn(reason) });
  });
  return { message: 'session is ending' };
}

function sessionOf(workspace: Workspace, id: string): Session {
  workspace.room(id);
  const session = workspace.sessions.get(id);
  if (!session) throw new Refusal(404, 'room is not active', ['not found']);
  return session;
}
