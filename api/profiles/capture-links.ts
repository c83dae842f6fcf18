import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../src/config';
import { isoTime } from '../../src/domain/log-row';
import type { ProfileState } from '../../src/domain/profile/state';
import { Tokens } from '../../src/tokens/tokens';
import { CONFIG } from '../stores/stores.tokens';
import type { CaptureLinkDto } from './profile.dto';

/** Makes the customer's link: the same for the same version, so a repeated start answers the same. */
@Injectable()
export class CaptureLinks {
  constructor(
    private readonly tokens: Tokens,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async current({ ouid, profileId, link }: ProfileState): Promise<CaptureLinkDto> {
    const exp = Math.floor(link.expiresAt / 1_000);
    const token = await this.tokens.issue('capture-link', {
      ouid,
      profileId,
      linkVersion: link.version,
      exp,
    });
    // Behind the hash: a fragment is not sent to servers and so in no access log on the way.
    const url = `${this.config.api.publicUrl}/capture#${token}`;
    return { url, token, expiresAt: isoTime(link.expiresAt) };
  }
}
