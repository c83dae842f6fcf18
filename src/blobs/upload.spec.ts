import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { FileBlobStore } from './file-blob-store';
import { ProfileVault } from './profile-vault';
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
const stored = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== 'data-key')
    .map((entry) => entry.name);
const store = (bytes: Uint8Array | Uint8Array[], rules = {}) =>
  vault.storeUpload(OUID, PROFILE, Readable.from(Array.isArray(bytes) ? bytes : [bytes]), {
    ...RULES,
    ...rules,
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
  it('is stored encrypted and described', async () => {
    const result = await store(JPEG, { declaredType: 'image/png' });
    expect(result).toEqual({
      blobRef: expect.stringMatching(/^documents\/[0-9a-f-]{36}$/),
      sha256: createHash('sha256').update(JPEG).digest('hex'),
      bytes: JPEG.length,
      mediaType: 'image/jpeg',
      declaredTypeMismatch: true,
    });
    expect((await read(result.blobRef)).equals(JPEG)).toBe(true);
    const onDisk = await readFile(join(root, OUID, PROFILE, result.blobRef));
    expect(onDisk.includes(JPEG.subarray(1000, 1016))).toBe(false);
  });

  it('is recognised when its first bytes come one by one', async () => {
    const bytes = Buffer.from('RIFF\x10\0\0\0WEBPVP8 rest', 'latin1');
    const result = await store([...bytes].map((byte) => Buffer.from([byte])));
    expect(result).toMatchObject({ mediaType: 'image/webp', bytes: bytes.length });
    expect((await read(result.blobRef)).equals(bytes)).toBe(true);
  });

  it('may have exactly the limit, and one byte more leaves nothing', async () => {
    expect(await store(JPEG, { maxBytes: JPEG.length })).toMatchObject({ bytes: JPEG.length });
    const before = await stored();
    await expect(store(JPEG, { maxBytes: JPEG.length - 1 })).rejects.toEqual(
      failsWith('TOO_LARGE'),
    );
    await expect(store(JPEG, { maxBytes: 3 })).rejects.toEqual(failsWith('TOO_LARGE'));
    expect(await stored()).toEqual(before);
  });

  it('stops reading an endless source soon after the limit', async () => {
    let produced = 0;
    function* endless(): Generator<Buffer> {
      yield JPEG;
      for (;;) yield Buffer.alloc(((produced += 0), 10_000), produced++);
    }
    const upload = vault.storeUpload(OUID, PROFILE, Readable.from(endless()), RULES);
    await expect(upload).rejects.toEqual(failsWith('TOO_LARGE'));
    expect(produced).toBeLessThan(150);
    expect(await stored()).toEqual([]);
  });

  it('that is empty, of no known type, or of one not allowed, is refused', async () => {
    await expect(store([])).rejects.toEqual(failsWith('EMPTY'));
    for (const text of [
      'x',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'GIF89a..........',
      'MZ',
    ]) {
      const upload = store(Buffer.from(text), { declaredType: 'image/png' });
      await expect(upload).rejects.toEqual(failsWith('TYPE_NOT_ALLOWED'));
    }
    const onlyPdf = store(JPEG, { allowedTypes: ['application/pdf'] });
    await expect(onlyPdf).rejects.toEqual(failsWith('TYPE_NOT_ALLOWED'));
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['before its first byte', []],
    ['in its middle', [JPEG.subarray(0, 150_000)]],
  ])('broken off %s leaves nothing', async (_, parts) => {
    async function* breaking(): AsyncGenerator<Buffer> {
      yield* parts;
      await setImmediate();
      throw new Error('connection reset');
    }
    const upload = vault.storeUpload(OUID, PROFILE, Readable.from(breaking()), RULES);
    await expect(upload).rejects.toMatchObject({
      code: 'ABORTED',
      cause: { message: 'connection reset' },
    });
    expect(await stored()).toEqual([]);
  });

  it('whose HTTP client goes away midway leaves nothing', async () => {
    let outcome: (value: unknown) => void = () => undefined;
    const result = new Promise((resolve) => (outcome = resolve));
    const server = createServer((req) => {
      vault.storeUpload(OUID, PROFILE, req, RULES).then(outcome, outcome);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = request({ port, host: '127.0.0.1', method: 'POST' });
    client.on('error', () => undefined);
    client.write(JPEG, () => client.destroy());
    expect(await result).toEqual(failsWith('ABORTED'));
    await new Promise((resolve) => server.close(resolve));
    expect(await stored()).toEqual([]);
  });

  it('refused does not destroy its source, so that the API can still answer', async () => {
    const source = Readable.from([Buffer.from('plain text, long enough'), Buffer.from('more')]);
    await expect(vault.storeUpload(OUID, PROFILE, source, RULES)).rejects.toEqual(
      failsWith('TYPE_NOT_ALLOWED'),
    );
    expect(source.destroyed).toBe(false);
    source.destroy();
  });
});
