import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  BlobKeyError,
  BlobNotFound,
  blobKey,
  type BlobKey,
  type BlobStore,
  type BlobStream,
} from '../ports/blob-store';
import { begunStream } from './begun-stream';
import { contradicts, type MediaType } from './media-type';
import { ProfileKeys, type MasterKey } from './profile-keys';
import { readAll } from './read-all';
import { decryptStream, encryptStream } from './stream-cipher';
import { UploadInspector, type UploadRules } from './upload';
import { VaultError } from './vault-error';

/** Details and remarks are kilobytes; the bound keeps a mistake from filling memory. */
export const MAX_JSON_BYTES = 1024 * 1024;
const DOCUMENT_REF = /^documents\/[0-9a-f-]{36}$/;
const PART_REF = /^recordings\/[0-9a-z-]{1,40}$/;

export interface StoredUpload {
  /** Opaque: `documents/<uuid>`. Workflows, events and rows hold this and never the content. */
  readonly blobRef: string;
  /** Hex, of the plaintext. */
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: MediaType;
  /** The client's Content-Type said something else. */
  readonly declaredTypeMismatch: boolean;
}

/**
 * Everything personal of a profile, encrypted with the profile's own key so that destroying
 * the key erases the person. All methods throw VaultError (see its codes) and BlobKeyError.
 */
export class ProfileVault {
  private readonly keys: ProfileKeys;

  constructor(
    private readonly store: BlobStore,
    masterKeys: readonly [MasterKey, ...MasterKey[]],
  ) {
    this.keys = new ProfileKeys(store, masterKeys);
  }

  /** Stores or replaces a small value. */
  async putJson(ouid: string, profileId: string, name: string, value: unknown): Promise<void> {
    const place = blobKey(ouid, profileId, name);
    const bytes = jsonBytes(place, value);
    await this.store.put(
      place,
      encryptStream(await this.keys.ensure(ouid, profileId), place, bytes),
    );
  }

  /**
   * Stores a small value unless the name is taken; `false` when it was. For names made of a hash of
   * the value, such as `details/<body hash>`: a repeat changes nothing, and the first stays.
   */
  async putOnceJson(
    ouid: string,
    profileId: string,
    name: string,
    value: unknown,
  ): Promise<boolean> {
    const place = blobKey(ouid, profileId, name);
    const bytes = jsonBytes(place, value);
    const key = await this.keys.ensure(ouid, profileId);
    return this.store.create(place, encryptStream(key, place, bytes));
  }

  async getJson(ouid: string, profileId: string, name: string): Promise<unknown> {
    const bytes = await readAll(await this.decrypted(ouid, profileId, name), MAX_JSON_BYTES);
    if (bytes === undefined) throw new VaultError('TOO_LARGE', blobKey(ouid, profileId, name));
    return JSON.parse(bytes.toString('utf8'));
  }

  /**
   * Stores a document or image while it arrives. The source is not destroyed on failure.
   * @throws UploadError; nothing of the upload is kept then
   */
  async storeUpload(
    ouid: string,
    profileId: string,
    source: Readable,
    rules: UploadRules,
  ): Promise<StoredUpload> {
    const blobRef = `documents/${randomUUID()}`;
    const place = blobKey(ouid, profileId, blobRef);
    const upload = new UploadInspector(source, rules);
    try {
      const mediaType = await upload.sniff();
      const key = await this.keys.ensure(ouid, profileId);
      await this.store.create(place, encryptStream(key, place, upload.bytes()));
      const declaredTypeMismatch = contradicts(rules.declaredType, mediaType);
      return { blobRef, ...upload.result(), mediaType, declaredTypeMismatch };
    } finally {
      await upload.release();
    }
  }

  /**
   * A document's plaintext; its first 64 KiB are read and authenticated before this resolves.
   */
  async openDocument(ouid: string, profileId: string, blobRef: string): Promise<Readable> {
    if (!DOCUMENT_REF.test(blobRef)) throw new BlobKeyError('not a document');
    return begunStream(await this.decrypted(ouid, profileId, blobRef));
  }

  async deleteDocument(ouid: string, profileId: string, blobRef: string): Promise<void> {
    if (!DOCUMENT_REF.test(blobRef)) throw new BlobKeyError('not a document');
    await this.store.delete(blobKey(ouid, profileId, blobRef));
  }

  /**
   * Stores a part of a recording under its own name, unless it is there: `created` is false then, and the
   * first stays. The source is read to its end either way, and not destroyed on failure.
   * @throws UploadError TOO_LARGE, EMPTY, ABORTED; nothing of it is kept then
   */
  async storePart(
    ouid: string,
    profileId: string,
    name: string,
    source: Readable,
    maxBytes: number,
  ): Promise<{ created: boolean; bytes: number; sha256: string }> {
    const place = partKey(ouid, profileId, name);
    const upload = new UploadInspector(source, { maxBytes });
    try {
      const key = await this.keys.ensure(ouid, profileId);
      const created = await this.store.create(place, encryptStream(key, place, upload.someBytes()));
      return { created, ...upload.result() };
    } finally {
      await upload.release();
    }
  }

  /** The plaintext of a part; to be read to its end or returned. */
  openPart(
    ouid: string,
    profileId: string,
    name: string,
  ): Promise<AsyncGenerator<Buffer, void, undefined>> {
    partKey(ouid, profileId, name);
    return this.decrypted(ouid, profileId, name);
  }

  /** Erases the profile: without its key no blob of it can be read, and none can be added. */
  async destroyKey(ouid: string, profileId: string): Promise<void> {
    await this.keys.destroy(ouid, profileId);
  }

  private async decrypted(
    ouid: string,
    profileId: string,
    name: string,
  ): Promise<AsyncGenerator<Buffer, void, undefined>> {
    const place = blobKey(ouid, profileId, name);
    const key = await this.keys.get(ouid, profileId);
    let stream: BlobStream;
    try {
      stream = await this.store.get(place);
    } catch (error) {
      if (error instanceof BlobNotFound) throw new VaultError('BLOB_MISSING', place);
      throw error;
    }
    return decryptStream(key, place, stream);
  }
}

function partKey(ouid: string, profileId: string, name: string): BlobKey {
  if (!PART_REF.test(name)) throw new BlobKeyError('not a part of a recording');
  return blobKey(ouid, profileId, name);
}

function jsonBytes(place: string, value: unknown): [Buffer] {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('not a JSON value');
  const bytes = Buffer.from(text);
  if (bytes.length > MAX_JSON_BYTES) throw new VaultError('TOO_LARGE', place);
  return [bytes];
}
