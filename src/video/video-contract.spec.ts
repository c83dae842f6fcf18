import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../test/emulator/emulator';
import type { VideoErrorCode, VideoProvider } from '../ports/video-provider';
import { Tokens } from '../tokens/tokens';
import { HundredMsClient } from './hundredms/client';
import { HundredMsVideoProvider } from './hundredms/hundredms-video';
import { LocalVideoProvider } from './local-video';

const AV = '11111111-2222-5333-8444-555555555555.1';
const NEXT = AV.replace('.1', '.2');
const JOIN = { avSessionId: AV, role: 'customer', userId: 'u-1', ttlSeconds: 60 } as const;

interface Adapter {
  readonly video: VideoProvider;
  /** Another process with the same rooms. */
  readonly other: VideoProvider;
  readonly stop: () => Promise<unknown>;
}

const ADAPTERS: Readonly<Record<string, () => Promise<Adapter>>> = {
  local: async () => {
    const root = await mkdtemp(join(tmpdir(), 'rooms-'));
    const tokens = new Tokens(randomBytes(32));
    const video = (): VideoProvider => new LocalVideoProvider(root, tokens, Date.now);
    return { video: video(), other: video(), stop: () => rm(root, { recursive: true }) };
  },
  hundredms: async () => {
    const emulator = await startEmulator();
    const { accessKey, appSecret } = emulator.workspace.keys;
    const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
    const client = new HundredMsClient(keys);
    const roles = { agent: { name: 'agent' }, customer: { name: 'customer' } };
    const { id } = (await client.post('/templates', { name: 'kyc', roles })) as { id: string };
    const video = (): VideoProvider => new HundredMsVideoProvider(client, { '*': id }, Date.now);
    return { video: video(), other: video(), stop: () => emulator.close() };
  },
};

const failsWith = (code: VideoErrorCode): unknown =>
  expect.objectContaining({ name: 'VideoError', code });

describe.each(Object.entries(ADAPTERS))(
  'the contract of a video provider, kept by %s',
  (_, make) => {
    let adapter: Adapter;
    let video: VideoProvider;
    beforeEach(async () => {
      adapter = await make();
      ({ video } = adapter);
    });
    afterEach(() => adapter.stop());

    it('opens one room for an AV session, however often and by whom', async () => {
      const { other } = adapter;
      const rooms = await Promise.all([video.openRoom('demo', AV), other.openRoom('demo', AV)]);
      rooms.push(await video.openRoom('demo', AV));
      expect(new Set(rooms.map(({ roomId }) => roomId)).size).toBe(1);
      expect((await video.openRoom('demo', NEXT)).roomId).not.toBe(rooms[0].roomId);
    });

    it('gives each join a token of its own, that ends when it says', async () => {
      await video.openRoom('demo', AV);
      const before = Math.floor(Date.now() / 1_000);
      const { token, expiresAt } = await video.joinToken('demo', JOIN);
      const agents = await video.joinToken('demo', { ...JOIN, role: 'agent' });
      expect(agents.token).not.toBe(token);
      expect(expiresAt).toBeGreaterThanOrEqual((before + 60) * 1_000);
      expect(expiresAt).toBeLessThanOrEqual(Date.now() + 60_000);
    });

    it('lets nobody in after the end, and opens it never again, also elsewhere', async () => {
      const { other } = adapter;
      await video.openRoom('demo', AV);
      await video.closeRoom('demo', AV);
      await other.closeRoom('demo', AV);
      await expect(video.joinToken('demo', JOIN)).rejects.toEqual(failsWith('ROOM_LOCKED'));
      await expect(other.openRoom('demo', AV)).rejects.toEqual(failsWith('ROOM_LOCKED'));
    });

    it('locks a room that was never opened, against an opening that comes late', async () => {
      await video.closeRoom('demo', AV);
      await expect(video.openRoom('demo', AV)).rejects.toEqual(failsWith('ROOM_LOCKED'));
    });

    it('knows no room that was not opened, or is another organization’s, or has no right name', async () => {
      const unknown = failsWith('ROOM_UNKNOWN');
      await expect(video.joinToken('demo', JOIN)).rejects.toEqual(unknown);
      await video.openRoom('demo', AV);
      await expect(video.joinToken('other', JOIN)).rejects.toEqual(unknown);
      await expect(video.openRoom('demo', '../x')).rejects.toEqual(unknown);
      await expect(video.closeRoom('..', AV)).rejects.toEqual(unknown);
    });
  },
);
