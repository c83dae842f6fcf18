import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  BlobKeyError,
  BlobNotFound,
  blobKey,
  type BlobStore,
  type BlobStream,
} from '../ports/blob-store';
import { contradicts, type MediaType } from './media-type';
import { ProfileKeys, type MasterKey } from './profile-keys';
import { readAll } from './read-all';
import { decryptStream, encryptStream } from './stream-cipher';
import { UploadInspector, type UploadRules } from './upload';
import { VaultError } from './vault-error';

/** Details and remarks are kilobytes; the bound keeps a mistake from filling memory. */
export const MAX_JSON_BYTES = 1024 * 1024;
const DOCUMENT_REF = /^documents\/[0-9a-f-]{36}$/;

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
   * A document's plaintext. Its first 64 KiB are read and authenticated before this resolves, so
   * that a missing or damaged blob can still become an answer; a later error means that the answer
   * must be broken off. The caller reads to the end or destroys the stream.
   */
  async openDocument(ouid: string, profileId: string, blobRef: string): Promise<Readable> {
    if (!DOCUMENT_REF.test(blobRef)) throw new BlobKeyError('not a document');
    const chunks = await this.decrypted(ouid, profileId, blobRef);
    let first: IteratorResult<Buffer, void> | undefined = await chunks.next();
    const rest: AsyncIterableIterator<Buffer, void, undefined> = {
      next: () => {
        const next = first === undefined ? chunks.next() : Promise.resolve(first);
        first = undefined;
        return next;
      },
      return: () => chunks.return(),
      [Symbol.asyncIterator]: () => rest,
    };
    return Readable.from(rest, { objectMode: false });
  }

  async deleteDocument(ouid: string, profileId: string, blobRef: string): Promise<void> {
    if (!DOCUMENT_REF.test(blobRef)) throw new BlobKeyError('not a document');
    await this.store.delete(blobKey(ouid, profileId, blobRef));
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

function jsonBytes(place: string, value: unknown): [Buffer] {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('not a JSON value');
  const bytes = Buffer.from(text);
  if (bytes.length > MAX_JSON_BYTES) throw new VaultError('TOO_LARGE', place);
  return [bytes];
}
