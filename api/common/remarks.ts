import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ProfileVault } from '../../src/blobs/profile-vault';

/** Remarks may name people: they lie encrypted with the profile, workflows hold a reference. */
@Injectable()
export class Remarks {
  constructor(private readonly vault: ProfileVault) {}

  /** The same remark of the same person on the same thing has the same reference: a repeat is one. */
  async store(
    ouid: string,
    profileId: string,
    about: string,
    remark: string | undefined,
  ): Promise<string | undefined> {
    if (remark === undefined) return undefined;
    const ref = `remarks/${createHash('sha256')
      .update(JSON.stringify([profileId, about, remark]))
      .digest('hex')}`;
    await this.vault.putOnceJson(ouid, profileId, ref, remark);
    return ref;
  }
}
