import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isoTime } from '../../src/domain/log-row';
import type { ProfileState } from '../../src/domain/profile/state';
import { TokenError } from '../../src/tokens/token-error';
import { Tokens } from '../../src/tokens/tokens';
import type { Caller, CustomerCaller } from '../common/caller';
import { Problem } from '../common/problem';
import { CommandSender } from '../temporal/command-sender';
import { ProfileReader } from '../temporal/profile-reader';
import type { CaptureSessionDto } from './capture.dto';

/** A login lasts as long as one sitting may; the link opens another. */
const SESSION_SECONDS = 12 * 60 * 60;

/** Whether this login is the one that may look; after the journey none is open, and the last may. */
export function isLoginOf(state: ProfileState, captureSessionId: string): boolean {
  return state.captureSessionId === '' || state.captureSessionId === captureSessionId;
}

/** Logins of customers: each opened by a capture link. */
@Injectable()
export class CaptureSessions {
  constructor(
    private readonly tokens: Tokens,
    private readonly commands: CommandSender,
    private readonly reader: ProfileReader,
  ) {}

  async open(link: string, key: string | undefined): Promise<CaptureSessionDto> {
    const { ouid, profileId, linkVersion } = await this.verified(link);
    const caller: Caller = {
      kind: 'CUSTOMER',
      ouid,
      actor: { type: 'CUSTOMER', id: profileId },
      profileId,
    };
    const body = { linkSha256: createHash('sha256').update(link).digest('hex') };
    const reply = await this.commands.send(
      caller,
      profileId,
      'openCapture',
      { linkVersion },
      { key, body },
    );
    const captureSessionId = reply.id;
    const exp = Math.floor(Date.now() / 1_000) + SESSION_SECONDS;
    const token = await this.tokens.issue('capture-session', {
      ouid,
      profileId,
      captureSessionId,
      exp,
    });
    return {
      profileId,
      captureSessionId,
      token,
      expiresAt: isoTime(exp * 1_000),
      status: reply.status,
    };
  }

  /** The case of whoever is logged in. After the journey the login is closed, and he may still look. */
  async stateFor({ ouid, profileId, captureSessionId }: CustomerCaller): Promise<ProfileState> {
    const state = await this.reader.state(ouid, profileId);
    if (!isLoginOf(state, captureSessionId)) {
      throw new Problem(
        'CAPTURE_SESSION_CLOSED',
        'this capture session is closed; log in again by the link',
      );
    }
    return state;
  }

  private async verified(link: string) {
    try {
      return await this.tokens.verify('capture-link', link, new Date());
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw new Problem(
        'LINK_NOT_VALID',
        error.code === 'EXPIRED'
          ? 'the link has expired; ask for a new one'
          : 'the link is not valid',
      );
    }
  }
}
