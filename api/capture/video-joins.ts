import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isoTime } from '../../src/domain/log-row';
import type { VideoProvider, VideoRole } from '../../src/ports/video-provider';
import type { Caller } from '../common/caller';
import { VIDEO } from '../stores/stores.tokens';
import type { JoinDto } from './capture.dto';

/** Long enough for a slow device to load the call, short enough to be worth nothing afterwards. */
const TOKEN_SECONDS = 300;

/** Tokens for the call, each for one join of one person. */
@Injectable()
export class VideoJoins {
  constructor(@Inject(VIDEO) private readonly video: VideoProvider) {}

  /** The role follows from who the caller is, never from the request. */
  async join(caller: Caller, avSessionId: string): Promise<JoinDto> {
    const role: VideoRole = caller.kind === 'AGENT' ? 'agent' : 'customer';
    const userId = createHash('sha256')
      .update(`${caller.ouid}/${role}/${caller.actor.id}`)
      .digest('hex')
      .slice(0, 32);
    const join = { avSessionId, role, userId, ttlSeconds: TOKEN_SECONDS };
    const { token, expiresAt, provider } = await this.video.joinToken(caller.ouid, join);
    return { avSessionId, provider, token, expiresAt: isoTime(expiresAt) };
  }
}
