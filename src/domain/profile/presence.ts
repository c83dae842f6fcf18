import type { Side, VideoFact } from '../video/facts';
import { avSnapshot, changeAv, endAvSession, subjectOf } from './av-session';
import { comesIn, goesOut, isIn } from './call';
import type { ProfileJournal } from './profile-journal';
import { askAgain } from './recording-request';
import type { AvSession, Peer } from './state';

type PeerJoined = Extract<VideoFact, { kind: 'PEER_JOINED' }>;
type JoinFailed = Extract<VideoFact, { kind: 'JOIN_FAILED' }>;
type PeerLeft = Extract<VideoFact, { kind: 'PEER_LEFT' }>;

/** Connections that one AV session remembers; a network that breaks every 20 s for the whole call makes 60. */
const MAX_PEERS = 80;
/** By how much the provider's clock may be behind ours, ms. */
const CLOCK_SKEW_MS = 5_000;

/** The call that is going on, if this is it. */
function ifOpen(j: ProfileJournal, av: AvSession): AvSession | undefined {
  return av.endedAt === undefined && j.state.status === 'IN_CALL' ? av : undefined;
}

/** A connection is there. Whoever had not told us is in the call by this. */
export function onPeerJoined(j: ProfileJournal, old: AvSession, fact: PeerJoined): void {
  const { who, peerId, at: joinedAt } = fact;
  const peers = old.peers ?? [];
  if (peers.some((peer) => peer.peerId === peerId) || peers.length >= MAX_PEERS) return;
  const av = changeAv(j, old, { peers: [...peers, { peerId, who, joinedAt }] });
  j.emit('av.peer-joined', { who, peerId, av: avSnapshot(av) }, subjectOf(av));
  const { emptiedAt = 0 } = av;
  if (joinedAt <= emptiedAt) {
    // The news of his coming is later than that of everybody's going.
    const cause = 'CONNECTION_LOST';
    onPeerLeft(j, av, { kind: 'PEER_LEFT', who, peerId, joinedAt, at: emptiedAt, cause });
    return;
  }
  const open = ifOpen(j, av);
  if (!open || wentSince(open, fact)) return;
  if (!isIn(open, who)) comesIn(j, open, who);
  else askAgain(j, open);
}

/** He said that he left, after this connection was made: its news is only late. */
function wentSince({ gone }: AvSession, { who, at }: PeerJoined): boolean {
  return gone?.who === who && at <= gone.since;
}

/**
 * A connection ended; a broken one is told up to a minute late. He is gone only if it was his last
 * one: who comes back gets a new connection, and the old one's end may arrive after that.
 */
export function onPeerLeft(j: ProfileJournal, old: AvSession, fact: PeerLeft): void {
  const { who, peerId, cause } = fact;
  const peers = old.peers ?? [];
  const known = peers.find((peer) => peer.peerId === peerId);
  if (known?.leftAt !== undefined || (!known && peers.length >= MAX_PEERS)) return;
  const left: Peer = { peerId, who, joinedAt: known?.joinedAt ?? fact.joinedAt, leftAt: fact.at };
  const others = peers.filter((peer) => peer !== known);
  const av = changeAv(j, old, { peers: [...others, left] });
  const durationMs = Math.max(0, fact.at - left.joinedAt);
  j.emit(
    'av.peer-left',
    { who, peerId, cause, av: avSnapshot(av) },
    { ...subjectOf(av), durationMs },
  );
  const open = ifOpen(j, av);
  if (open && isIn(open, who) && wasHisLast(open, left)) goesOut(j, open, who, 'CONNECTION_LOST');
}

/** He has no other connection, and has not asked for a new one since this one was made. */
function wasHisLast({ peers = [], joins }: AvSession, { who, joinedAt }: Peer): boolean {
  const there = peers.some((peer) => peer.who === who && peer.leftAt === undefined);
  return !there && joinedAt + CLOCK_SKEW_MS >= (joins?.[who] ?? 0);
}

/** He was not let in: it connected him to nothing, but it tells why nobody came. */
export function onJoinFailed(j: ProfileJournal, old: AvSession, fact: JoinFailed): void {
  const { who, why, peerId, at } = fact;
  const peers = old.peers ?? [];
  if (peers.some((peer) => peer.peerId === peerId) || peers.length >= MAX_PEERS) return;
  const failed: Peer = { peerId, who, joinedAt: at, leftAt: at };
  const av = changeAv(j, old, { peers: [...peers, failed] });
  j.emit('av.join-failed', { who, why, av: avSnapshot(av) }, subjectOf(av));
}

/** The end of whatever connection is still thought to be there. */
export function onRoomEmpty(j: ProfileJournal, old: AvSession, at: number): void {
  let av = changeAv(j, old, { emptiedAt: Math.max(at, old.emptiedAt ?? 0) });
  for (const { peerId, who, joinedAt, leftAt } of old.peers ?? []) {
    if (leftAt !== undefined || joinedAt > at) continue;
    onPeerLeft(j, av, { kind: 'PEER_LEFT', who, peerId, joinedAt, at, cause: 'CONNECTION_LOST' });
    av = j.state.avSessions.find((one) => one.avSessionId === av.avSessionId) ?? av;
  }
}

/** Ended from within the room, past our API: by a right that the template gives. */
export function onRoomEnded(j: ProfileJournal, old: AvSession, by: Side | 'PLATFORM'): void {
  if (!ifOpen(j, old)) return;
  if (by === 'AGENT') endAvSession(j, 'AGENT_ENDED', 'AGENT');
  else if (by === 'CUSTOMER') endAvSession(j, 'CUSTOMER_LEFT', 'CUSTOMER');
  else endAvSession(j, 'ROOM_ENDED', 'PLATFORM');
}
