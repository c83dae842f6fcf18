import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageEvent } from '@nestjs/common';
import type { Subscriber } from 'rxjs';
import type { VideoFact } from '../../src/domain/video/facts';
import type { LocalRooms } from '../../src/video/local/local-rooms';
import type { Place } from '../../src/video/local/presence';

/** How often the room's files are looked at: what was sent by another process is here so much later. */
const LOOK_MS = 200;
/** A line at least so often: proxies cut a connection that says nothing for a minute. */
const ALIVE_MS = 15_000;
/** How long a stream may be between its end and its next beginning before he counts as gone. */
const BETWEEN_MS = 3_000;

export interface PeerStreamParts {
  readonly rooms: LocalRooms;
  readonly place: Place;
  readonly peerId: string;
  readonly subscriber: Subscriber<MessageEvent>;
  /** The last message that was told by an earlier stream of the same connection. */
  readonly told: { readonly from: string; readonly n: number };
  /** Takes what is to be told to the profile; never rejects. */
  readonly tell: (facts: readonly VideoFact[]) => Promise<void>;
  /** What the page may go on with when its join's token has expired. */
  readonly token: () => Promise<{ token: string; expiresAt: string }>;
  readonly failed: (error: unknown) => void;
}

/** One open stream of one side of a call: who is across, and what came from there. */
export class PeerStream {
  private stopped = false;
  private other: string | undefined;
  /** The last message that was told from there. */
  private n = 0;
  private toldAt = Date.now();

  constructor(private readonly parts: PeerStreamParts) {}

  /** Until the room is locked, the seat is somebody else's, or nobody reads any more. */
  async run(): Promise<void> {
    const { failed, subscriber } = this.parts;
    try {
      while (!this.stopped && (await this.look())) await sleep(LOOK_MS, undefined, { ref: false });
    } catch (error) {
      // The page opens it again, here or at another process.
      failed(error);
    }
    this.stopped = true;
    subscriber.complete();
  }

  /** The process ends: the connection goes on at another one. */
  stop(): void {
    this.stopped = true;
    this.parts.subscriber.complete();
  }

  /** Nobody reads any more: unless the same connection has a new stream soon, it is gone. */
  async cut(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    const at = Date.now();
    await sleep(BETWEEN_MS, undefined, { ref: false });
    const { rooms, place, peerId, tell, failed } = this.parts;
    try {
      const isBack = (await rooms.presence.renewedAt(place)) > at;
      if (isBack || (await rooms.presence.holder(place)) !== peerId) return;
      await tell(await rooms.presence.leave(place, peerId, 'CONNECTION_LOST', at));
    } catch (error) {
      failed(error);
    }
  }

  private async look(): Promise<boolean> {
    const { rooms, place, peerId, tell } = this.parts;
    if (await rooms.files.isLocked(place)) {
      await tell(await rooms.presence.leave(place, peerId, 'REMOVED', Date.now()));
      this.send({ type: 'ended', data: '' });
      return false;
    }
    const { mine, other, facts } = await rooms.presence.look(place);
    await tell(facts);
    if (mine !== peerId) {
      const why = mine === '' ? 'LOST' : 'REPLACED';
      this.send({ type: 'gone', data: JSON.stringify({ why }) });
      return false;
    }
    if (other !== this.other) await this.tellRoom(other);
    // Of whom the page has heard: a message that is there before its sender was seen has to wait.
    if (other !== '') await this.tellSignals(other);
    if (Date.now() - this.toldAt >= ALIVE_MS) this.send({ type: 'alive', data: '' });
    return true;
  }

  private async tellRoom(other: string): Promise<void> {
    const { place, peerId, token, told } = this.parts;
    this.other = other;
    this.n = told.from === other ? told.n : 0;
    const room = { peerId, role: place.role, other, ...(await token()) };
    this.send({ type: 'room', data: JSON.stringify(room) });
  }

  private async tellSignals(other: string): Promise<void> {
    const { rooms, place, peerId } = this.parts;
    for (const { from, n, signal } of await rooms.mailbox.after(place, peerId, other, this.n)) {
      const data = JSON.stringify({ from, n, ...signal });
      this.send({ id: `${from}.${n}`, type: 'signal', data });
      this.n = n;
    }
  }

  private send(event: MessageEvent): void {
    this.toldAt = Date.now();
    this.parts.subscriber.next(event);
  }
}
