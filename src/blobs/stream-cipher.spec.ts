import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { blobKey } from '../ports/blob-store';
import { CHUNK_BYTES, decryptStream, encryptStream } from './stream-cipher';

const PROFILE = '11111111-2222-5333-8444-555555555555';
const PLACE = blobKey('demo', PROFILE, 'documents/a');
const KEY = createSecretKey(randomBytes(32));
const HEADER = 36;
const SEALED = CHUNK_BYTES + 16;
const TAMPERED: unknown = expect.objectContaining({ name: 'VaultError', code: 'TAMPERED' });

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

const encrypt = (plain: Uint8Array, place = PLACE) => collect(encryptStream(KEY, place, [plain]));
const decrypt = (blob: Uint8Array, place = PLACE, key = KEY) =>
  collect(decryptStream(key, place, [blob]));

describe('stream cipher', () => {
  it.each([
    0,
    1,
    CHUNK_BYTES - 1,
    CHUNK_BYTES,
    CHUNK_BYTES + 1,
    3 * CHUNK_BYTES,
    3 * CHUNK_BYTES + 7,
  ])('gives %d bytes back', async (length) => {
    const plain = randomBytes(length);
    const blob = await encrypt(plain);
    expect((await decrypt(blob)).equals(plain)).toBe(true);
    const chunks = Math.max(1, Math.ceil(length / CHUNK_BYTES));
    expect(blob.length).toBe(HEADER + length + 16 * chunks);
  });

  it('does not depend on how the bytes arrive', async () => {
    const cuts = fc.array(fc.nat({ max: 90_000 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(cuts, cuts, async (plainParts, blobSizes) => {
        const parts = plainParts.map((size) => randomBytes(size));
        const blob = await collect(encryptStream(KEY, PLACE, parts));
        const pieces: Buffer[] = [];
        let at = 0;
        for (const size of [...blobSizes, blob.length])
          pieces.push(blob.subarray(at, (at += size)));
        const plain = await collect(decryptStream(KEY, PLACE, pieces));
        expect(plain.equals(Buffer.concat(parts))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('never makes the same bytes twice, and shows nothing of the plaintext', async () => {
    const plain = Buffer.alloc(1000, 'ABCPE1234F');
    const [one, two] = [await encrypt(plain), await encrypt(plain)];
    expect(one.subarray(HEADER).equals(two.subarray(HEADER))).toBe(false);
    expect(one.includes('ABCPE')).toBe(false);
  });

  it('detects one flipped bit at every kind of position', async () => {
    const blob = await encrypt(randomBytes(2 * CHUNK_BYTES + 100));
    const positions = {
      magic: [0, 3],
      salt: [4, 20, 35],
      'first chunk': [HEADER, HEADER + 30_000, HEADER + CHUNK_BYTES - 1],
      'first tag': [HEADER + CHUNK_BYTES, HEADER + SEALED - 1],
      'second chunk': [HEADER + SEALED, HEADER + SEALED + CHUNK_BYTES - 1],
      'second tag': [HEADER + 2 * SEALED - 1],
      'last chunk': [HEADER + 2 * SEALED, blob.length - 17],
      'last tag': [blob.length - 16, blob.length - 1],
    };
    for (const [where, offsets] of Object.entries(positions)) {
      for (const offset of offsets) {
        const bad = Buffer.from(blob);
        bad[offset] = (bad[offset] ?? 0) ^ 1;
        const outcome = await decrypt(bad).catch((error: unknown) => error);
        expect([where, offset, outcome]).toEqual([where, offset, TAMPERED]);
      }
    }
  });

  it('detects every flipped bit of a small blob', async () => {
    const blob = await encrypt(Buffer.from('{"a":1}'));
    for (let bit = 0; bit < blob.length * 8; bit += 1) {
      const bad = Buffer.from(blob);
      bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(decrypt(bad)).rejects.toEqual(TAMPERED);
    }
  });

  it('detects cutting at any place, chunk borders included, and appending', async () => {
    const blob = await encrypt(randomBytes(3 * CHUNK_BYTES));
    const borders = [0, 1, HEADER - 1, HEADER, HEADER + 15, HEADER + 16];
    const cuts = [
      ...borders,
      HEADER + SEALED,
      HEADER + 2 * SEALED,
      blob.length - 16,
      blob.length - 1,
    ];
    for (const length of cuts) {
      await expect(decrypt(blob.subarray(0, length))).rejects.toEqual(TAMPERED);
    }
    await expect(decrypt(Buffer.concat([blob, Buffer.alloc(1)]))).rejects.toEqual(TAMPERED);
    await expect(decrypt(Buffer.concat([blob, blob.subarray(-SEALED)]))).rejects.toEqual(TAMPERED);
  });

  it('detects chunks in another order, repeated, or from another blob of the same place', async () => {
    const chunks = (blob: Buffer) =>
      [0, 1, 2].map((i) => blob.subarray(HEADER + i * SEALED, HEADER + (i + 1) * SEALED));
    const blob = await encrypt(randomBytes(3 * CHUNK_BYTES));
    const other = await encrypt(randomBytes(3 * CHUNK_BYTES));
    const header = blob.subarray(0, HEADER);
    const [a, b, c] = chunks(blob) as [Buffer, Buffer, Buffer];
    const [, otherB] = chunks(other) as [Buffer, Buffer, Buffer];
    expect((await decrypt(Buffer.concat([header, a, b, c]))).length).toBe(3 * CHUNK_BYTES);
    for (const order of [
      [b, a, c],
      [a, a, c],
      [a, c, b],
      [a, c],
      [b, c],
      [a, otherB, c],
    ]) {
      await expect(decrypt(Buffer.concat([header, ...order]))).rejects.toEqual(TAMPERED);
    }
  });

  it('detects a blob in another place and a wrong key', async () => {
    const blob = await encrypt(Buffer.from('x'));
    const places = [
      blobKey('demo', PROFILE, 'documents/b'),
      blobKey('demo', PROFILE.replace('1', '2'), 'documents/a'),
      blobKey('other', PROFILE, 'documents/a'),
    ];
    for (const place of places) await expect(decrypt(blob, place)).rejects.toEqual(TAMPERED);
    await expect(decrypt(blob, PLACE, createSecretKey(randomBytes(32)))).rejects.toEqual(TAMPERED);
  });
});
