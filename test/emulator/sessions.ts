import { filtered, pageOf, requireOneOf } from './pages';
import type { Session } from './state';
import { msText } from './times';
import type { Workspace } from './workspace';

/** 100ms docs: List sessions: those that go on, unless it is asked for the others. */
export function listSessions(workspace: Workspace, query: URLSearchParams): object {
  requireOneOf(query, 'active', ['true', 'false']);
  const active = (query.get('active') ?? 'true') === 'true';
  const [after, before] = [query.get('after') ?? '', query.get('before') ?? ''];
  const fit = filtered(workspace.allSessions(), query, { room_id: ({ roomId }) => roomId })
    .filter(({ closedAt }) => (closedAt === undefined) === active)
    .filter(({ createdAt }) => after === '' || Date.parse(createdAt) > Date.parse(after))
    .filter(({ createdAt }) => before === '' || Date.parse(createdAt) < Date.parse(before));
  return pageOf(fit, query, (session) => sessionAnswer(workspace, session));
}

/** 100ms docs: Retrieve a session: all who were inside, the recorder too, each join a peer of its own. */
export function sessionAnswer(workspace: Workspace, session: Session): object {
  const peers = [...session.gone, ...session.peers.values()].map((peer) => [
    peer.id,
    {
      id: peer.id,
      session_id: session.id,
      name: peer.name,
      role: peer.role,
      user_id: peer.userId,
      joined_at: msText(peer.joinedAt),
      // Left out while he is inside, as the service leaves out what is empty.
      ...(peer.leftAt !== undefined && { left_at: msText(peer.leftAt) }),
    },
  ]);
  return {
    id: session.id,
    room_id: session.roomId,
    customer_id: workspace.customerId,
    active: session.closedAt === undefined,
    peers: Object.fromEntries(peers) as object,
    created_at: msText(session.createdAt),
    updated_at: msText(session.updatedAt),
  };
}
