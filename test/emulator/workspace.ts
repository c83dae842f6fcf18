import { randomBytes, randomUUID } from 'node:crypto';
import { type Body, Refusal, textIn } from './refusal';
import { type AppKeys, verifyToken } from './tokens';

export interface Room {
  id: string;
  name: string;
  enabled: boolean;
  /** The last body that created or updated it: an upsert overwrites. */
  config: Body;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Peer {
  readonly id: string;
  readonly userId: string;
  readonly role: string;
  readonly joinedAt: string;
}

export interface Session {
  readonly id: string;
  readonly roomId: string;
  readonly createdAt: string;
  readonly peers: Map<string, Peer>;
}

export interface Template {
  readonly id: string;
  body: Body;
  recordings: Body[];
  readonly createdAt: string;
  updatedAt: string;
}

export const newId = (): string => randomBytes(12).toString('hex');
export const nowText = (): string => new Date().toISOString();

/** All that one 100ms workspace knows. */
export class Workspace {
  readonly customerId = newId();
  readonly rooms = new Map<string, Room>();
  readonly templates = new Map<string, Template>();
  /** What goes on now, by room. */
  readonly sessions = new Map<string, Session>();

  constructor(readonly keys: AppKeys) {}

  /** @throws Refusal 404 */
  room(id: string): Room {
    const room = this.rooms.get(id);
    if (!room) throw new Refusal(404, 'room not found', ['not found']);
    return room;
  }

  roomNamed(name: string): Room | undefined {
    const wanted = name.toLowerCase();
    return [...this.rooms.values()].find((room) => room.name.toLowerCase() === wanted);
  }

  /** @throws Refusal 404 */
  template(id: string): Template {
    const template = this.templates.get(id);
    if (!template) throw new Refusal(404, 'template not found', ['not found']);
    return template;
  }

  /** What a browser does with a join token; the media are not emulated. @throws Refusal */
  join(token: string): Peer {
    const claims = verifyToken(token, 'app', this.keys);
    const room = this.room(textIn(claims['room_id']));
    if (!room.enabled) throw new Refusal(403, 'room is disabled');
    const role = textIn(claims['role']);
    const roles = this.template(textIn(room.config['template_id'])).body['roles'];
    const known = new Map(Object.entries(roles as Record<string, Body>)).get(role);
    if (!known) throw new Refusal(403, 'role not allowed');
    const session = this.sessions.get(room.id) ?? this.open(room.id);
    const most = Number(known['maxPeerCount'] ?? 0);
    const there = [...session.peers.values()].filter((peer) => peer.role === role).length;
    if (most === -1 || (most > 0 && there >= most)) throw new Refusal(403, 'role limit reached');
    const userId = textIn(claims['user_id']);
    const peer = { id: randomUUID(), userId, role, joinedAt: nowText() };
    session.peers.set(peer.id, peer);
    return peer;
  }

  private open(roomId: string): Session {
    const session = { id: newId(), roomId, createdAt: nowText(), peers: new Map<string, Peer>() };
    this.sessions.set(roomId, session);
    return session;
  }
}
