import { type Body, invalid, Refusal, requireKnown } from './refusal';
import type { Session, Workspace } from './workspace';

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

export function activePeers(workspace: Workspace, id: string): object {
  const peers = [...sessionOf(workspace, id).peers.values()].map((peer) => [
    peer.id,
    { id: peer.id, name: '', user_id: peer.userId, metadata: '', role: peer.role },
  ]);
  return { peers: Object.fromEntries(peers) as object };
}

/** Answers at once, ends a little later. Where nobody is inside, nothing is locked either. */
export function endRoom(workspace: Workspace, id: string, body: Body): object {
  requireKnown(body, ['reason', 'lock']);
  const { lock } = body;
  if (lock !== undefined && typeof lock !== 'boolean') throw invalid('lock');
  sessionOf(workspace, id);
  if (lock === true) workspace.room(id).enabled = false;
  setImmediate(() => workspace.sessions.delete(id));
  return { message: 'session is ending' };
}

function sessionOf(workspace: Workspace, id: string): Session {
  workspace.room(id);
  const session = workspace.sessions.get(id);
  if (!session) throw new Refusal(404, 'room is not active', ['not found']);
  return session;
}
