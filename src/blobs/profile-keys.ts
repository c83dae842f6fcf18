import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { BlobNotFound, blobKey, type BlobKey, type BlobStore } from '../ports/blob-store';
import { readAll } from './read-all';
import { VaultError } from './vault-error';

/** 32 random bytes and the name under which wrapped keys refer to them, `[a-z0-9-]{1,32}`. */
export interface MasterKey {
  readonly id: string;
  readonly key: Uint8Array;
}

const MASTER_ID = /^[a-z0-9-]{1,32}$/;
const NAME = 'data-key';
const WRAPPED = Buffer.from('VKK1');
const DESTROYED = Buffer.from('VKK0');
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MAX_WRAPPED_BYTES = 256;

/**
 * One data key per profile, stored wrapped:
 *
 *   "VKK1" | length of id (1) | id | iv (12) | AES-256-GCM of the data key (32) | tag (16)
 *
 * with a wrapping key HKDF-SHA256(master key, "video-kyc wrap v1 <OUID>/<ProfileID>/data-key"): one
 * wrapping key per profile, so the limit of 2^32 random nonces per key (NIST SP 800-38D, 8.3) never
 * counts. Everything before the ciphertext, and the place, is authenticated. Keys are read anew each
 * time: a destroyed key is gone for every process at once.
 */
export class ProfileKeys {
  private readonly masters = new Map<string, Uint8Array>();

  /** The first master key wraps new keys; all of them unwrap (rotation: put the new one in front). */
  constructor(
    private readonly store: BlobStore,
    private readonly masterKeys: readonly [MasterKey, ...MasterKey[]],
  ) {
    for (const { id, key } of masterKeys) {
      if (!MASTER_ID.test(id) || key.length !== KEY_BYTES || this.masters.has(id)) {
        throw new TypeError('a master key needs an id of its own, [a-z0-9-]{1,32}, and 32 bytes');
      }
      this.masters.set(id, key);
    }
  }

  /** The profile's key, made at the first call; of racing callers all get the same one. */
  async ensure(ouid: string, profileId: string): Promise<KeyObject> {
    const place = blobKey(ouid, profileId, NAME);
    if (!(await this.store.exists(place))) {
      await this.store.create(place, [this.wrap(place, randomBytes(KEY_BYTES))]);
    }
    // Read back whoever won: what was written is what everybody uses.
    return this.get(ouid, profileId);
  }

  /** @throws VaultError KEY_MISSING, KEY_DESTROYED, MASTER_KEY_UNKNOWN, TAMPERED */
  async get(ouid: string, profileId: string): Promise<KeyObject> {
    const place = blobKey(ouid, profileId, NAME);
    let bytes: Buffer | undefined;
    try {
      bytes = await readAll(await this.store.get(place), MAX_WRAPPED_BYTES);
    } catch (error) {
      if (error instanceof BlobNotFound) throw new VaultError('KEY_MISSING', place);
      throw error;
    }
    if (bytes === undefined) throw new VaultError('TAMPERED', place);
    return this.unwrap(place, bytes);
  }

  /**
   * Erases the profile. The key is replaced by a mark rather than deleted, in one atomic step: a
   * write that races with the erasure finds the mark instead of an empty place for a new key.
   */
  async destroy(ouid: string, profileId: string): Promise<void> {
    await this.store.put(blobKey(ouid, profileId, NAME), [DESTROYED]);
  }

  private wrap(place: BlobKey, dataKey: Buffer): Buffer {
    const [{ id, key }] = this.masterKeys;
    const iv = randomBytes(IV_BYTES);
    const header = Buffer.concat([WRAPPED, Buffer.from([id.length]), Buffer.from(id), iv]);
    const cipher = createCipheriv('aes-256-gcm', wrappingKey(key, place), iv);
    cipher.setAAD(Buffer.concat([header, Buffer.from(place)]));
    return Buffer.concat([header, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  }

  private unwrap(place: BlobKey, bytes: Buffer): KeyObject {
    if (bytes.equals(DESTROYED)) throw new VaultError('KEY_DESTROYED', place);
    const idAt = WRAPPED.length + 1;
    const ivAt = idAt + (bytes[WRAPPED.length] ?? 0);
    const sealedAt = ivAt + IV_BYTES;
    const tagAt = sealedAt + KEY_BYTES;
    const whole = bytes.subarray(0, WRAPPED.length).equals(WRAPPED);
    if (!whole || bytes.length !== tagAt + TAG_BYTES) throw new VaultError('TAMPERED', place);
    const master = this.masters.get(bytes.toString('latin1', idAt, ivAt));
    if (master === undefined) throw new VaultError('MASTER_KEY_UNKNOWN', place);
    const iv = bytes.subarray(ivAt, sealedAt);
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey(master, place), iv);
    decipher.setAAD(Buffer.concat([bytes.subarray(0, sealedAt), Buffer.from(place)]));
    decipher.setAuthTag(bytes.subarray(tagAt));
    const dataKey = decipher.update(bytes.subarray(sealedAt, tagAt));
    try {
      decipher.final();
    } catch {
      // A flipped bit or another master key under the same id: OpenSSL does not say which.
      throw new VaultError('TAMPERED', place);
    }
    return createSecretKey(dataKey);
  }
}

function wrappingKey(master: Uint8Array, place: BlobKey): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', `video-kyc wrap v1 ${place}`, KEY_BYTES));
}
