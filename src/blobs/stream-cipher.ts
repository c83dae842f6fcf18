import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { type BlobContent, type BlobKey } from '../ports/blob-store';
import { VaultError } from './vault-error';

/**
 * Streaming authenticated encryption: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár,
 * CRYPTO 2015, eprint 2015/189) over AES-256-GCM, laid out as in age (C2SP age.md, "Payload").
 *
 *   blob  = "VKB1" | salt (32) | chunk 0 | chunk 1 | … | last chunk
 *   chunk = AES-256-GCM of 64 KiB (the last: what is left, maybe nothing) | tag (16)
 *   key   = HKDF-SHA256(profile's data key, salt, "video-kyc blob v1 <OUID>/<ProfileID>/<name>")
 *   nonce = 0 (7) | index (4, big endian) | 1 for the last chunk, else 0
 *   aad   = "VKB1" | salt | <OUID>/<ProfileID>/<name> | index (4) | last (1)
 *
 * A key of its own per blob makes the counter a safe nonce; index and last flag reveal reordering,
 * cutting and appending; the place in key and aad reveals a blob moved or swapped.
 */
const MAGIC = Buffer.from('VKB1');
const SALT_BYTES = 32;
const HEADER_BYTES = MAGIC.length + SALT_BYTES;
const TAG_BYTES = 16;
/** Plaintext bytes of a chunk: what is in memory per stream, give or take a copy. */
export const CHUNK_BYTES = 64 * 1024;

/** Encrypts in bounded memory, pulling the source only as fast as the result is taken. */
export async function* encryptStream(
  dataKey: KeyObject,
  place: BlobKey,
  source: BlobContent,
): AsyncGenerator<Buffer, void, undefined> {
  const header = Buffer.concat([MAGIC, randomBytes(SALT_BYTES)]);
  const key = blobCipherKey(dataKey, place, header);
  let index = 0;
  for await (const { bytes, last } of blocks(source, CHUNK_BYTES, CHUNK_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(index, last));
    cipher.setAAD(associated(header, place, index, last));
    const sealed = [cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
    yield Buffer.concat(index === 0 ? [header, ...sealed] : sealed);
    index += 1;
  }
}

/**
 * Decrypts in bounded memory. Each chunk is authenticated before it is yielded, but that nothing was
 * cut off is known only at the end: a consumer that passes chunks on must break its own output off
 * when this throws.
 * @throws VaultError TAMPERED
 */
export async function* decryptStream(
  dataKey: KeyObject,
  place: BlobKey,
  source: BlobContent,
): AsyncGenerator<Buffer, void, undefined> {
  const size = CHUNK_BYTES + TAG_BYTES;
  let header: Buffer | undefined;
  let key: Buffer = Buffer.alloc(0);
  let index = 0;
  for await (const { bytes, last } of blocks(source, HEADER_BYTES + size, size)) {
    let sealed = bytes;
    if (header === undefined) {
      header = Buffer.from(bytes.subarray(0, HEADER_BYTES));
      sealed = bytes.subarray(HEADER_BYTES);
      if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new VaultError('TAMPERED', place);
      key = blobCipherKey(dataKey, place, header);
    }
    if (sealed.length < TAG_BYTES) throw new VaultError('TAMPERED', place);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, last));
    decipher.setAAD(associated(header, place, index, last));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
    try {
      decipher.final();
    } catch {
      // OpenSSL's only reason here is a tag that does not fit; it says no more than this.
      throw new VaultError('TAMPERED', place);
    }
    if (plain.length > 0) yield plain;
    index += 1;
  }
}

function blobCipherKey(dataKey: KeyObject, place: BlobKey, header: Buffer): Buffer {
  const salt = header.subarray(MAGIC.length);
  return Buffer.from(hkdfSync('sha256', dataKey, salt, `video-kyc blob v1 ${place}`, 32));
}

function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}

function associated(header: Buffer, place: BlobKey, index: number, last: boolean): Buffer {
  return Buffer.concat([header, Buffer.from(place), nonce(index, last).subarray(7)]);
}

interface Block {
  /** Valid until the next block is asked for: the memory is used again. */
  readonly bytes: Buffer;
  readonly last: boolean;
}

/** Cuts a source into blocks of exactly `first`, then `size` bytes; the last may be shorter, or empty. */
async function* blocks(source: BlobContent, first: number, size: number): AsyncGenerator<Block> {
  const memory = Buffer.allocUnsafe(first);
  let wanted = first;
  let filled = 0;
  for await (const part of source) {
    let offset = 0;
    while (offset < part.length) {
      // A full block is held back until more arrives: only then it is not the last.
      if (filled === wanted) {
        yield { bytes: memory.subarray(0, filled), last: false };
        wanted = size;
        filled = 0;
      }
      const count = Math.min(wanted - filled, part.length - offset);
      memory.set(part.subarray(offset, offset + count), filled);
      filled += count;
      offset += count;
    }
  }
  yield { bytes: memory.subarray(0, filled), last: true };
}
