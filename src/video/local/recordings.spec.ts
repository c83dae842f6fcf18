import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileBlobStore } from '../../blobs/file-blob-store';
import { ProfileVault } from '../../blobs/profile-vault';
import { readAll } from '../../blobs/read-all';
import { LocalRooms } from './local-rooms';
import { MOST_PART_BYTES, MOST_PARTS, MOST_RECORDINGS, type LocalRecordings } from './recordings';
import { recordingIdOf, recordingRefOf, type RecordingRef } from './recording-ref';

const PROFILE = '11111111-2222-5333-8444-555555555555';
const PLACE = { ouid: 'demo', avSessionId: `${PROFILE}.1` };
const WEBM = Buffer.from('1a45dfa3', 'hex');
/** Parts of more than one block of the cipher, so that a range can begin within one. */
const PARTS = [Buffer.concat([WEBM, randomBytes(70_000)]), randomBytes(100_000), randomBytes(5)];
const WHOLE = Buffer.concat(PARTS);
const SAID = { parts: 3, durationMs: 12_000 };

let root: string;
let rooms: LocalRooms;
let vault: ProfileVault;
let recordings: LocalRecordings;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'recordings-'));
  rooms = new LocalRooms(join(root, 'video'), () => 1_000);
  const store = await FileBlobStore.open(join(root, 'blobs'));
  vault = new ProfileVault(store, [{ id: 'm', key: randomBytes(32) }]);
  recordings = rooms.recordings(vault);
  await rooms.files.open(PLACE);
});
afterEach(() => rm(root, { recursive: true }));

const started = async (): Promise<RecordingRef> => (await recordings.start(PLACE, 'k')).ref;
const put = (ref: RecordingRef, part: number, bytes = PARTS[part - 1] ?? Buffer.alloc(0)) =>
  recordings.putPart('demo', ref, part, Readable.from([bytes]));
const fails = (code: string, part = 0): unknown => expect.objectContaining({ code, part });

it('begins once for a key, and a few times for others', async () => {
  const { ref, fact } = await recordings.start(PLACE, 'k');
  expect(await recordings.start(PLACE, 'k')).toEqual({ ref, fact });
  expect(recordingRefOf(recordingIdOf(ref))).toEqual(ref);
  expect(fact).toEqual({ kind: 'RECORDING_STARTED', at: 1_000 });
  for (let n = 2; n <= MOST_RECORDINGS; n += 1)
    expect((await recordings.start(PLACE, `k${n}`)).ref.k).toBe(n);
  await expect(recordings.start(PLACE, 'one more')).rejects.toEqual(fails('LIMIT'));
  await rooms.files.lock(PLACE);
  await expect(recordings.start(PLACE, 'k')).rejects.toMatchObject({ code: 'ROOM_LOCKED' });
});

it('is whole when all parts came, in whatever order and how often, also after the call', async () => {
  const ref = await started();
  await Promise.all([put(ref, 3), put(ref, 2), put(ref, 2)]);
  await rooms.files.lock(PLACE);
  await expect(recordings.finish('demo', ref, SAID)).rejects.toEqual(fails('INCOMPLETE', 1));
  await put(ref, 1);
  const sha256 = createHash('sha256').update(WHOLE).digest('hex');
  const { fact } = await recordings.finish('demo', ref, SAID);
  const path = 'vault:recordings/1-v1';
  expect(fact).toEqual({
    kind: 'RECORDED',
    file: { kind: 'ROOM', path, bytes: WHOLE.length, durationMs: 12_000, sha256 },
    at: 1_000,
  });
  expect((await recordings.finish('demo', ref, SAID)).fact).toEqual(fact);
  const other = recordings.finish('demo', ref, { ...SAID, parts: 2 });
  await expect(other).rejects.toEqual(fails('CLOSED'));
  await expect(put(ref, 4, WEBM)).rejects.toEqual(fails('CLOSED'));
});

it('keeps the first of each part, and nothing of what is too much', async () => {
  const ref = await started();
  await put(ref, 1);
  await expect(put(ref, 1, PARTS[1])).rejects.toEqual(fails('CONFLICT', 1));
  await expect(put(ref, MOST_PARTS + 1, WEBM)).rejects.toEqual(fails('LIMIT'));
  await expect(put(ref, 2, Buffer.alloc(0))).rejects.toMatchObject({ code: 'EMPTY' });
  const large = Buffer.alloc(MOST_PART_BYTES + 1);
  await expect(put(ref, 2, large)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  await expect(recordings.finish('demo', ref, SAID)).rejects.toEqual(fails('INCOMPLETE', 2));
  await expect(put({ ...ref, k: 2 }, 1)).rejects.toEqual(fails('UNKNOWN'));
  await expect(recordings.putPart('other', ref, 1, Readable.from([WEBM]))).rejects.toEqual(
    fails('UNKNOWN'),
  );
});

it('is WebM or MP4 by its first bytes', async () => {
  const ref = await started();
  await put(ref, 1, Buffer.from('<html>'));
  const said = { parts: 1, durationMs: 1 };
  await expect(recordings.finish('demo', ref, said)).rejects.toEqual(fails('TYPE'));
  const { ref: next } = await recordings.start(PLACE, 'next');
  await put(next, 1, Buffer.from('\0\0\0\x20ftypisom'));
  await recordings.finish('demo', next, said);
  expect(await recordings.find('demo', next)).toMatchObject({ mediaType: 'video/mp4' });
});

it('is read from anywhere to anywhere', async () => {
  const ref = await started();
  for (const part of [1, 2, 3]) await put(ref, part);
  const { file } = await recordings.finish('demo', ref, SAID);
  const edges = [0, 1, 65_535, 65_536, 70_003, 70_004, 170_003, 170_004, file.bytes - 1];
  for (const from of edges) {
    for (const to of edges.filter((edge) => edge >= from)) {
      const read = await readAll(recordings.read('demo', ref, file, { from, to }), file.bytes);
      expect(read?.equals(WHOLE.subarray(from, to + 1))).toBe(true);
    }
  }
});

it('lies encrypted, and is gone with the profile’s key', async () => {
  const ref = await started();
  for (const part of [1, 2, 3]) await put(ref, part);
  const folder = join(root, 'blobs', 'demo', PROFILE, 'recordings');
  expect(await readdir(folder)).toHaveLength(3);
  const stored = await readFile(join(folder, '1-v1-1'));
  expect(stored.includes(PARTS[0]?.subarray(0, 64) ?? WEBM)).toBe(false);
  const { file } = await recordings.finish('demo', ref, SAID);
  await vault.destroyKey('demo', PROFILE);
  const erased = { code: 'KEY_DESTROYED' };
  const read = readAll(recordings.read('demo', ref, file, { from: 0, to: 9 }), 99);
  await expect(read).rejects.toMatchObject(erased);
  await expect(put({ ...ref }, 1)).rejects.toEqual(fails('CLOSED'));
  const { ref: next } = await recordings.start(PLACE, 'after');
  await expect(put(next, 1)).rejects.toMatchObject(erased);
});

it('may fail, which is said once, and be finished all the same', async () => {
  const ref = await started();
  const fact = await recordings.fail('demo', ref, 'RECORDER_FAILED');
  expect(fact).toEqual({ kind: 'RECORDING_FAILED', error: 'RECORDER_FAILED', at: 1_000 });
  expect(await recordings.fail('demo', ref, 'NO_MEDIA')).toEqual(fact);
  await put(ref, 1);
  await expect(recordings.finish('demo', ref, { parts: 1, durationMs: 1 })).resolves.toMatchObject({
    fact: { kind: 'RECORDED' },
  });
});
