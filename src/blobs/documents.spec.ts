import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { BlobKeyError, type BlobContent, type BlobStore } from '../ports/blob-store';
import { FileBlobStore } from './file-blob-store';
import { ProfileVault } from './profile-vault';
import { CHUNK_BYTES } from './stream-cipher';
import { type UploadErrorCode, type VaultErrorCode } from './vault-error';

const OUID = 'demo-bank';
const PROFILE = '11111111-2222-5333-8444-555555555555';
const MASTER = { id: 'm1', key: randomBytes(32) };
const RULES = { maxBytes: 1_000_000 };
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(200_000)]);

let root: string;
let files: FileBlobStore;
let vault: ProfileVault;
const failsWith = (code: UploadErrorCode | VaultErrorCode): unknown =>
  expect.objectContaining({ code });
const store = (bytes: Uint8Array | Uint8Array[], rules = {}) =>
  vault.storeUpload(OUID, PROFILE, Readable.from(Array.isArray(bytes) ? bytes : [bytes]), {
    ...RULES,
    ...rules,
  });
/** The real store, with some of its methods watched. */
const storeWith = (own: Partial<BlobStore>): BlobStore => ({
  put: (key, content) => files.put(key, content),
  create: (key, content) => files.create(key, content),
  get: (key) => files.get(key),
  exists: (key) => files.exists(key),
  delete: (key) => files.delete(key),
  ...own,
});
async function read(ref: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await vault.openDocument(OUID, PROFILE, ref)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'upload-'));
  files = await FileBlobStore.open(root);
  vault = new ProfileVault(files, [MASTER]);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('an upload', () => {
  it('of 20 MB flows through in bounded memory', async () => {
    const count = 320;
    let produced = 0;
    let waiting = 0;
    const chunks: number[] = [];
    async function* source(): AsyncGenerator<Buffer> {
      for (let i = 0; i < count; i += 1) {
        produced += CHUNK_BYTES;
        const chunk = Buffer.alloc(CHUNK_BYTES, i);
        if (i === 0) JPEG.copy(chunk, 0, 0, 4);
        yield chunk;
        await Promise.resolve();
      }
    }
    /** A disk slower than the network: what was read and is not yet written, is in memory. */
    async function* measured(content: BlobContent): AsyncGenerator<Uint8Array> {
      let taken = 0;
      for await (const chunk of content) {
        chunks.push(chunk.length);
        taken += chunk.length;
        await setImmediate();
        waiting = Math.max(waiting, produced - taken);
        yield chunk;
      }
    }
    const slow = storeWith({
      create: (key, content) =>
        files.create(key, key.includes('documents') ? measured(content) : content),
    });
    const stream = Readable.from(source(), { objectMode: false, highWaterMark: CHUNK_BYTES });
    const upload = new ProfileVault(slow, [MASTER]).storeUpload(OUID, PROFILE, stream, {
      maxBytes: 32 * 1024 * 1024,
    });
    const { bytes, blobRef } = await upload;
    expect(bytes).toBe(count * CHUNK_BYTES);
    expect(chunks).toHaveLength(count);
    expect(Math.max(...chunks)).toBe(CHUNK_BYTES + 16 + 36);
    expect(waiting).toBeLessThanOrEqual(5 * CHUNK_BYTES);
    expect((await read(blobRef)).length).toBe(bytes);
  });
});

describe('a document', () => {
  it('that is missing, cut or no document is refused before a byte is delivered', async () => {
    const { blobRef } = await store(JPEG);
    const path = join(root, OUID, PROFILE, blobRef);
    await expect(vault.openDocument(OUID, PROFILE, 'data-key')).rejects.toThrow(BlobKeyError);
    await expect(vault.openDocument(OUID, PROFILE, '../x')).rejects.toThrow(BlobKeyError);
    await truncate(path, 1000);
    await expect(vault.openDocument(OUID, PROFILE, blobRef)).rejects.toEqual(failsWith('TAMPERED'));
    await vault.deleteDocument(OUID, PROFILE, blobRef);
    await expect(vault.openDocument(OUID, PROFILE, blobRef)).rejects.toEqual(
      failsWith('BLOB_MISSING'),
    );
  });

  it('cut at its end breaks the stream off', async () => {
    const { blobRef } = await store(JPEG);
    await truncate(join(root, OUID, PROFILE, blobRef), 36 + 2 * (CHUNK_BYTES + 16));
    await expect(read(blobRef)).rejects.toEqual(failsWith('TAMPERED'));
  });

  it('opened and not read lets go of its file when destroyed', async () => {
    const { blobRef } = await store(JPEG);
    let closed: Promise<unknown> = Promise.reject(new Error('never opened'));
    closed.catch(() => undefined);
    const watching = storeWith({
      get: async (key) => {
        const stream = await files.get(key);
        if (key.includes('documents') && stream instanceof Readable) {
          closed = new Promise((resolve) => stream.once('close', resolve));
        }
        return stream;
      },
    });
    const document = await new ProfileVault(watching, [MASTER]).openDocument(
      OUID,
      PROFILE,
      blobRef,
    );
    document.destroy();
    await expect(closed).resolves.toBeUndefined();
  });
});
