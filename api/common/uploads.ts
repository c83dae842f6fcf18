import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { MediaType } from '../../src/blobs/media-type';
import { ProfileVault, type StoredUpload } from '../../src/blobs/profile-vault';
import { Problem } from './problem';

/** A photo of a document at full camera resolution is 3 to 8 MB. */
export const MAX_UPLOAD_BYTES = 15 * 1024 * 1024;

/** Takes a file from a request's body into the vault, and out again when its command was refused. */
@Injectable()
export class Uploads {
  constructor(private readonly vault: ProfileVault) {}

  async store<T>(
    request: Request,
    ouid: string,
    profileId: string,
    command: (stored: StoredUpload) => Promise<T>,
    allowedTypes?: readonly MediaType[],
  ): Promise<T> {
    const declaredType = request.header('content-type');
    const stored = await this.vault.storeUpload(ouid, profileId, request, {
      maxBytes: MAX_UPLOAD_BYTES,
      ...(declaredType !== undefined && { declaredType }),
      ...(allowedTypes && { allowedTypes }),
    });
    try {
      return await command(stored);
    } catch (error) {
      // Refused: nothing refers to it. An unknown outcome may refer to it, so there it stays.
      if (error instanceof Problem && error.status < 500) {
        await this.vault.deleteDocument(ouid, profileId, stored.blobRef);
      }
      throw error;
    }
  }
}
