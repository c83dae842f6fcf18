import { randomUUID } from 'node:crypto';
import type { RoomPlace } from '../../domain/video/event';
import type { PeerLeaveCause, Side, VideoFact } from '../../domain/video/facts';
import type { VideoRole } from '../../ports/video-provider';
import type { RoomJournal } from './journal';
import type { Mailbox } from './mailbox';
import type { RoomFiles } from './room-files';

/**
 * A page of which nothing was heard for so long is gone: a network that breaks ends no stream, and a process
 * of ours that dies ends it without a word.
 */
export const LOST_AFTER_MS = 15_000;

/** Why somebody who had a token is not in the call. */
export const JOIN_FAILURES = ['NO_CAMERA', 'DENIED', 'NO_CONNECTION', 'FAILED'] as const;
export type JoinFailure = (typeof JOIN_FAILURES)[number];

type Joined = Extract<VideoFact, { kind: 'PEER_JOINED' }>;
type Left = Extract<VideoFact, { kind: 'PEER_LEFT' }>;
interface Seat {
  readonly peerId: string;
}

export interface Sight {
  /** The connection that counts for one's own side; '' when none is there any more. */
  readonly mine: string;
  /** The other side's connection; '' when it has none. */
  readonly other: string;
  /** To be told to the profile. */
  readonly facts: readonly VideoFact[];
}

/** Somebody's place at one side of a call. */
export interface Place extends RoomPlace {
  readonly role: VideoRole;
}

function sideOf(role: VideoRole): Side {
  return role === 'agent' ? 'AGENT' : 'CUSTOMER';
}

/**
 * Who is connected. A room has one seat a side; whoever comes takes it, also from an earlier connection of
 * the same side. A connection that has ended stays so: who comes back gets a new one. Each fact is in
 * the room's journal before it is answered here, so telling it twice, or by two processes, is one fact.
 */
export class LocalPresence {
  constructor(
    private readonly files: RoomFiles,
    private readonly journal: RoomJournal,
    private readonly mailbox: Mailbox,
    private readonly now: () => number,
  ) {}

  /**
   * Takes the seat, or goes on with a connection that still has it (`wanted`); undefined when the room
   * has seen too many connections.
   */
  async join(
    place: Place,
    wanted: string,
  ): Promise<{ peerId: string; facts: VideoFact[] } | undefined> {
    await this.files.requireOpen(place);
    const before = await this.holder(place);
    const seenAt = await this.renewedAt(place);
    const isLost = seenAt + LOST_AFTER_MS < this.now();
    const goesOn = before !== '' && before === wanted && !isLost;
    if (!goesOn && (await this.journal.isFull(place))) return undefined;
    const peerId = goesOn ? wanted : randomUUID();
    await this.files.replace(place, seatOf(place), { peerId } satisfies Seat);
    await this.files.touch(place, seatOf(place), this.now());
    // The time comes after the seat: whoever saw the seat empty has an earlier one.
    const fact: Joined = { kind: 'PEER_JOINED', who: sideOf(place.role), peerId, at: this.now() };
    const joined = await this.journal.keep(place, `joined-${peerId}`, fact);
    if (before === '' || goesOn) return { peerId, facts: [joined] };
    // The new one is told first: he was never gone.
    const ended = isLost
      ? await this.end(place, before, 'CONNECTION_LOST', seenAt)
      : await this.end(place, before, 'REMOVED', this.now());
    return { peerId, facts: [joined, ...ended] };
  }

  /** The page says that it is there; false when that is too late. */
  async renew(place: Place): Promise<boolean> {
    if ((await this.renewedAt(place)) + LOST_AFTER_MS < this.now()) return false;
    await this.files.touch(place, seatOf(place), this.now());
    return true;
  }

  /** When anybody last said so, epoch ms. */
  renewedAt(place: Place): Promise<number> {
    return this.files.touchedAt(place, seatOf(place));
  }

  /** Who is there now; whoever was not heard of for too long is gone by this. */
  async look(place: Place): Promise<Sight> {
    const mine = await this.present(place);
    const other = await this.present(acrossFrom(place));
    return { mine: mine.peerId, other: other.peerId, facts: [...mine.facts, ...other.facts] };
  }

  /** The connection has ended; what that means is the same however often and by whom it is said. */
  async leave(
    place: Place,
    peerId: string,
    cause: PeerLeaveCause,
    at: number,
  ): Promise<VideoFact[]> {
    const facts = await this.end(place, peerId, cause, at);
    const left = facts.find((fact) => fact.kind === 'PEER_LEFT');
    const there = await Promise.all(
      (['agent', 'customer'] as const).map((role) => this.holder({ ...place, role })),
    );
    const empty = left !== undefined && there.every((one) => one === '');
    return empty ? [...facts, { kind: 'ROOM_EMPTY', at: left.at }] : facts;
  }

  /** One try to get in (`attemptId`) came to nothing; undefined when the room has heard too much. */
  async fail(place: Place, attemptId: string, why: JoinFailure): Promise<VideoFact | undefined> {
    await this.files.requireOpen(place);
    if (await this.journal.isFull(place)) return undefined;
    const who = sideOf(place.role);
    const fact = { kind: 'JOIN_FAILED', who, peerId: attemptId, why, at: this.now() } as const;
    return this.journal.keep(place, `join-failed-${attemptId}`, fact);
  }

  /** Whether this side ever had this connection. */
  async wasOf({ role, ...place }: Place, peerId: string): Promise<boolean> {
    const joined = await this.journal.find<Joined>(place, `joined-${peerId}`);
    return joined?.who === sideOf(role);
  }

  /** The connection that has the seat; '' when none has, or it has ended. */
  async holder(place: Place): Promise<string> {
    const { peerId = '' } = (await this.files.read<Seat>(place, seatOf(place))) ?? {};
    if (peerId === '') return '';
    return (await this.journal.find(place, leftName(peerId))) ? '' : peerId;
  }

  private async present(place: Place): Promise<{ peerId: string; facts: VideoFact[] }> {
    const peerId = await this.holder(place);
    const seenAt = peerId === '' ? 0 : await this.renewedAt(place);
    if (peerId === '' || seenAt + LOST_AFTER_MS >= this.now()) return { peerId, facts: [] };
    return { peerId: '', facts: await this.leave(place, peerId, 'CONNECTION_LOST', seenAt) };
  }

  /** Nothing for a connection that there never was. */
  private async end(
    place: Place,
    peerId: string,
    cause: PeerLeaveCause,
    at: number,
  ): Promise<VideoFact[]> {
    const joined = await this.journal.find<Joined>(place, `joined-${peerId}`);
    if (!joined) return [];
    const { who, at: joinedAt } = joined;
    const leftAt = Math.max(at, joinedAt);
    const fact: Left = { kind: 'PEER_LEFT', who, peerId, joinedAt, at: leftAt, cause };
    const left = await this.journal.keep(place, leftName(peerId), fact);
    await this.mailbox.forget(place, peerId);
    return [left];
  }
}

/** The other side. */
export function acrossFrom(place: Place): Place {
  return { ...place, role: place.role === 'agent' ? 'customer' : 'agent' };
}

function seatOf({ role }: Place): string {
  return `seat-${role}.json`;
}

function leftName(peerId: string): string {
  return `left-${peerId}`;
}
