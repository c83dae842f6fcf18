import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VideoErrorCode } from '../ports/video-provider';
import { Tokens } from '../tokens/tokens';
import { LocalVideoProvider } from './local-video';
import { RoomFiles } from './local/room-files';

const AV = '11111111-2222-5333-8444-555555555555.1';
const NOW = Date.parse('2026-03-01T12:00:00.400Z');
const tokens = new Tokens(randomBytes(32));
const JOIN = { avSessionId: AV, role: 'customer', userId: 'u-1', ttlSeconds: 60 } as const;

let root: string;
let video: LocalVideoProvider;
const provider = () => new LocalVideoProvider(new RoomFiles(root), tokens, () => NOW);
const failsWith = (code: VideoErrorCode): unknown =>
  expect.objectContaining({ name: 'VideoError', code });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rooms-'));
  video = provider();
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('local video', () => {
  it('gives tokens for an open room, each for one person of one room', async () => {
    const room = await video.openRoom('demo', AV);
    expect(await video.openRoom('demo', AV)).toEqual(room);
    const { token, expiresAt, provider: adapter } = await video.joinToken('demo', JOIN);
    const exp = Date.parse('2026-03-01T12:01:00Z') / 1000;
    expect([adapter, expiresAt]).toEqual(['local', exp * 1000]);
    const claims = { ouid: 'demo', avSessionId: AV, role: 'customer', userId: 'u-1', exp };
    expect(await tokens.verify('local-video', token, new Date(NOW))).toEqual(claims);
  });

  it('expects a recording when it is told to', async () => {
    const expecting = new LocalVideoProvider(new RoomFiles(root), tokens, () => NOW, true);
    expect((await expecting.openRoom('demo', AV)).records).toBe(true);
    expect((await video.openRoom('demo', AV)).records).toBe(false);
  });

  it('gives none for a room that was never opened, or opened by another organization', async () => {
    await expect(video.joinToken('demo', JOIN)).rejects.toEqual(failsWith('ROOM_UNKNOWN'));
    await video.openRoom('demo', AV);
    await expect(video.joinToken('other', JOIN)).rejects.toEqual(failsWith('ROOM_UNKNOWN'));
  });

  it('locks for ever: no token, no reopening, also by another process', async () => {
    await video.openRoom('demo', AV);
    await video.closeRoom('demo', AV);
    await video.closeRoom('demo', AV);
    const locked = failsWith('ROOM_LOCKED');
    await expect(video.joinToken('demo', JOIN)).rejects.toEqual(locked);
    await expect(video.openRoom('demo', AV)).rejects.toEqual(locked);
    await expect(provider().openRoom('demo', AV)).rejects.toEqual(locked);
  });

  it('refuses an open that arrives after the close', async () => {
    await video.closeRoom('demo', AV);
    await expect(video.openRoom('demo', AV)).rejects.toEqual(failsWith('ROOM_LOCKED'));
  });

  it('ends locked however opens and closes race', async () => {
    const acts = Array.from({ length: 20 }, (_, i) =>
      i % 3 === 1 ? provider().closeRoom('demo', AV) : provider().openRoom('demo', AV),
    );
    const outcomes = await Promise.allSettled(acts);
    for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) {
      expect(outcome).toMatchObject({ reason: failsWith('ROOM_LOCKED') });
    }
    await expect(video.joinToken('demo', JOIN)).rejects.toEqual(failsWith('ROOM_LOCKED'));
    expect(await readdir(join(root, '.tmp'))).toEqual([]);
  });

  it.each([
    ['demo', '../x'],
    ['..', AV],
    ['demo', AV.replace('.1', '.0')],
    ['demo', `${AV}/..`],
  ])('knows no room %j %j', async (ouid, avSessionId) => {
    const unknown = failsWith('ROOM_UNKNOWN');
    await expect(video.openRoom(ouid, avSessionId)).rejects.toEqual(unknown);
    await expect(video.closeRoom(ouid, avSessionId)).rejects.toEqual(unknown);
    await expect(video.joinToken(ouid, { ...JOIN, avSessionId })).rejects.toEqual(unknown);
  });
});
