import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { MediaType } from '../../src/blobs/media-type';
import { ProfileVault, type StoredUpload } from '../../src/blobs/profile-vault';
import type { Sameness } from '../temporal/command-sender';
import { Problem } from './problem';

/** A photo of a document at full camera resolution is 3 to 8 MB. */
export const MAX_UPLOAD_BYTES = 15 * 1024 * 1024;

/** Where a file goes, and what is said about it. */
interface Upload {
  readonly ouid: string;
  readonly profileId: string;
  readonly key: string | undefined;
  /** What its command says besides the file. */
  readonly about: Readonly<Record<string, string>>;
  /** The AV session or login that it belongs to, where `about` does not say so. */
  readonly within?: string;
  readonly allowedTypes?: readonly MediaType[];
}

/** The file as commands have it. */
type StoredFile = Pick<StoredUpload, 'blobRef' | 'sha256' | 'bytes' | 'mediaType'>;

/** Takes a file from a request's body into the vault, and out again when its command was refused. */
@Injectable()
export class Uploads {
  constructor(private readonly vault: ProfileVault) {}

  /** Stores the body, then sends the command about it: without a key, the same bytes are one command. */
  async store<T>(
    request: Request,
    { ouid, profileId, key, about, within = '', allowedTypes }: Upload,
    command: (file: StoredFile, sameness: Sameness) => Promise<T>,
  ): Promise<T> {
    const declaredType = request.header('content-type');
    const stored = await this.vault.storeUpload(ouid, profileId, request, {
      maxBytes: MAX_UPLOAD_BYTES,
      ...(declaredType !== undefined && { declaredType }),
      ...(allowedTypes && { allowedTypes }),
    });
    const { blobRef, sha256, bytes, mediaType } = stored;
    const natural = [within, ...Object.values(about), sha256].join(' ').trim();
    const sameness = { key, natural, body: { ...about, sha256 } };
    try {
      return await command({ blobRef, sha256, bytes, mediaType }, sameness);
    } catch (error) {
      // Refused: nothing refers to it. An unknown outcome may refer to it, so there it stays.
      if (error instanceof Problem && error.status < 500) {
        await this.vault.deleteDocument(ouid, profileId, stored.blobRef);
      }
      throw error;
    }
  }
}
