import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { BlobKeyError, BlobNotFound, blobKey, type BlobKey } from '../ports/blob-store';
import { FileBlobStore } from './file-blob-store';
import { readAll } from './read-all';

const PROFILE = '11111111-2222-5333-8444-555555555555';
const KEY = blobKey('demo-bank', PROFILE, 'details/a');

let root: string;
let store: FileBlobStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'blobs-'));
  store = await FileBlobStore.open(join(root, 'store'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function text(from: FileBlobStore, key: BlobKey): Promise<string | undefined> {
  return (await readAll(await from.get(key), 1_000_000))?.toString();
}

async function files(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half');
  await Promise.resolve();
  throw new Error('source broke');
}

describe('blobKey', () => {
  it.each([
    ['../etc', PROFILE, 'x'],
    ['Demo', PROFILE, 'x'],
    ['demo_bank', PROFILE, 'x'],
    ['de', PROFILE, 'x'],
    ['demo', '..', 'x'],
    ['demo', PROFILE.replace('1', 'G'), 'x'],
    ['demo', `${PROFILE}/..`, 'x'],
    ['demo', PROFILE, ''],
    ['demo', PROFILE, '..'],
    ['demo', PROFILE, 'a/../b'],
    ['demo', PROFILE, '/a'],
    ['demo', PROFILE, 'a/b/c'],
    ['demo', PROFILE, 'a\\b'],
    ['demo', PROFILE, 'a\0'],
    ['demo', PROFILE, 'a%2f'],
    ['demo', PROFILE, 'a\n'],
    [`demo/${PROFILE}`, PROFILE, 'x'],
  ])('refuses %j %j %j', (ouid, profileId, name) => {
    expect(() => blobKey(ouid, profileId, name)).toThrow(BlobKeyError);
  });

  it('lets no arbitrary name out of the profile', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('..', '.', '/', '\0', 'a/..', 'documents/x'),
    );
    fc.assert(
      fc.property(part, (name) => {
        try {
          const key = blobKey('demo', PROFILE, name);
          return join('/r', key) === `/r/demo/${PROFILE}/${name}` && !name.includes('.');
        } catch (error) {
          return error instanceof BlobKeyError;
        }
      }),
    );
  });
});

describe('FileBlobStore', () => {
  it('stores, replaces, says what exists, deletes', async () => {
    expect(await store.exists(KEY)).toBe(false);
    await expect(store.get(KEY)).rejects.toThrow(BlobNotFound);
    await store.put(KEY, [Buffer.from('one'), Buffer.from(' two')]);
    expect(await text(store, KEY)).toBe('one two');
    await store.put(KEY, [Buffer.from('three')]);
    expect(await text(store, KEY)).toBe('three');
    expect(await store.exists(KEY)).toBe(true);
    await store.delete(KEY);
    await store.delete(KEY);
    expect(await store.exists(KEY)).toBe(false);
    expect(await files()).toEqual([]);
  });

  it('creates once: of many racing writers one wins and his bytes stay', async () => {
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => FileBlobStore.open(join(root, 'store'))),
    );
    const won = await Promise.all(stores.map((one, i) => one.create(KEY, [Buffer.from(`w${i}`)])));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await text(store, KEY)).toBe(`w${won.indexOf(true)}`);
    expect(await files()).toEqual(['a']);
  });

  it('leaves nothing, and the former content, when the source breaks', async () => {
    await expect(store.put(KEY, failing())).rejects.toThrow('source broke');
    await expect(store.create(KEY, failing())).rejects.toThrow('source broke');
    expect(await files()).toEqual([]);
    await store.put(KEY, [Buffer.from('former')]);
    await expect(store.put(KEY, failing())).rejects.toThrow('source broke');
    expect(await text(store, KEY)).toBe('former');
    expect(await files()).toEqual(['a']);
  });

  it('leaves nothing when the place cannot be written', async () => {
    await mkdir(join(root, 'store', KEY), { recursive: true });
    await expect(store.put(KEY, [Buffer.from('x')])).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(await files()).toEqual([]);
  });

  it('lets nobody else look: directories 0700, files 0600', async () => {
    await store.put(KEY, [Buffer.from('x')]);
    const mode = async (...path: string[]) =>
      (await stat(join(root, 'store', ...path))).mode & 0o777;
    expect(await mode()).toBe(0o700);
    expect(await mode('demo-bank', PROFILE, 'details')).toBe(0o700);
    expect(await mode('demo-bank', PROFILE)).toBe(0o700);
    expect(await mode('.tmp')).toBe(0o700);
    expect(await mode(KEY)).toBe(0o600);
  });

  it('removes at opening what a killed process left, and not what one writes now', async () => {
    const temporary = join(root, 'store', '.tmp');
    await writeFile(join(temporary, 'old'), 'x');
    await writeFile(join(temporary, 'new'), 'x');
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(temporary, 'old'), twoDaysAgo, twoDaysAgo);
    await FileBlobStore.open(join(root, 'store'));
    expect(await readdir(temporary)).toEqual(['new']);
    expect(await readFile(join(temporary, 'new'), 'utf8')).toBe('x');
  });

  it('refuses a forged key', async () => {
    const forged = `../../${KEY}`;
    // What a caller without types could do.
    await expect(Reflect.apply(store.put, store, [forged, [Buffer.from('x')]])).rejects.toThrow(
      BlobKeyError,
    );
    expect(await files()).toEqual([]);
  });
});
