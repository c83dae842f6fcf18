import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { Observable } from 'rxjs';
import { isoTime } from '../../src/domain/log-row';
import type { LocalVideoClaims } from '../../src/tokens/claims';
import { Tokens } from '../../src/tokens/tokens';
import { LocalRooms } from '../../src/video/local/local-rooms';
import { apiLog } from '../common/api-log';
import { CallFacts } from './call-facts';
import { PeerStream } from './peer-stream';

/** Longer than any call; the lock of its room ends it before. */
const SEAT_SECONDS = 4 * 60 * 60;
const MESSAGE_ID = /^([0-9a-f-]{36})\.(\d{1,4})$/;

/** All streams of calls' sides that this process holds. */
@Injectable()
export class PeerStreams implements OnModuleDestroy {
  private readonly streams = new Map<PeerStream, Promise<void>>();

  constructor(
    private readonly rooms: LocalRooms,
    private readonly tokens: Tokens,
    private readonly facts: CallFacts,
  ) {}

  /** @param lastEventId the last message that an earlier stream told */
  of(peer: LocalVideoClaims, peerId: string, lastEventId: string): Observable<MessageEvent> {
    return new Observable((subscriber) => {
      const { rooms } = this;
      const stream = new PeerStream({
        rooms,
        place: peer,
        peerId,
        subscriber,
        told: messageOf(lastEventId),
        tell: (facts) => this.facts.tellInTime(peer, facts),
        token: () => this.token(peer),
        failed: (error) => {
          apiLog.warn({ avSessionId: peer.avSessionId, err: error }, 'a call cannot be followed');
        },
      });
      const run = stream.run().finally(() => this.streams.delete(stream));
      this.streams.set(stream, run);
      return () => void stream.cut();
    });
  }

  async onModuleDestroy(): Promise<void> {
    const running = [...this.streams];
    for (const [stream] of running) stream.stop();
    await Promise.all(running.map(([, run]) => run));
  }

  private async token(peer: LocalVideoClaims): Promise<{ token: string; expiresAt: string }> {
    const exp = Math.floor(Date.now() / 1_000) + SEAT_SECONDS;
    const token = await this.tokens.issue('local-video', { ...peer, exp });
    return { token, expiresAt: isoTime(exp * 1_000) };
  }
}

/** What is no id of ours is as good as none. */
function messageOf(lastEventId: string): { from: string; n: number } {
  const [, from = '', n = '0'] = MESSAGE_ID.exec(lastEventId) ?? [];
  return { from, n: Number(n) };
}
