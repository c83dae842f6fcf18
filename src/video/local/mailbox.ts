import type { RoomPlace } from '../../domain/video/event';
import type { RoomFiles } from './room-files';

/** Of one connection to another one: an offer, an answer, some ten candidates, and all of it again some times. */
export const MOST_SIGNALS = 150;

/** What one side's browser wants the other's to know, as WebRTC has it. */
export type Signal =
  | { readonly kind: 'OFFER' | 'ANSWER'; readonly sdp: string }
  | {
      readonly kind: 'CANDIDATE';
      readonly candidate: string;
      readonly sdpMid?: string;
      readonly sdpMLineIndex?: number;
    };

export interface Envelope {
  /** The connection it is from. */
  readonly from: string;
  /** 1, 2, 3 … by the sender: sent again it is the same one. */
  readonly n: number;
  readonly signal: Signal;
}

/**
 * Messages from connection to connection: a file for each, in the folder of whom it is for. They go
 * when either connection ends.
 */
export class Mailbox {
  constructor(private readonly files: RoomFiles) {}

  /** @throws VideoError ROOM_LOCKED, also when the room was locked meanwhile: then nothing is left */
  async put(place: RoomPlace, to: string, { from, n, signal }: Envelope): Promise<void> {
    const name = `mail/${to}/${from}.${n}.json`;
    await this.files.create(place, name, signal);
    if (await this.files.isLocked(place)) await this.files.forgetMail(place);
    await this.files.requireOpen(place);
  }

  /** What came from one connection for another after message `n`; in its order, without gaps. */
  async after(place: RoomPlace, to: string, from: string, n: number): Promise<Envelope[]> {
    const found: Envelope[] = [];
    for (let next = n + 1; ; next += 1) {
      const signal = await this.files.read<Signal>(place, `mail/${to}/${from}.${next}.json`);
      if (!signal) return found;
      found.push({ from, n: next, signal });
    }
  }

  async forget(place: RoomPlace, peerId: string): Promise<void> {
    await this.files.remove(place, `mail/${peerId}`);
    for (const to of await this.files.list(place, 'mail')) {
      const sent = await this.files.list(place, `mail/${to}`);
      for (const name of sent.filter((one) => one.startsWith(`${peerId}.`)))
        await this.files.remove(place, `mail/${to}/${name}`);
    }
  }
}
