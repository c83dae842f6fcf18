import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../test/emulator/emulator';
import type { VideoErrorCode, VideoProvider, VideoRole } from '../ports/video-provider';
import type { VideoRecords } from '../ports/video-records';
import { Tokens } from '../tokens/tokens';
import { HundredMsClient } from './hundredms/client';
import { HundredMsVideoProvider } from './hundredms/hundredms-video';
import { HundredMsRecords } from './hundredms/records';
import { LocalVideoProvider } from './local-video';
import { LocalRooms } from './local/local-rooms';

const AV = '11111111-2222-5333-8444-555555555555.1';
const NEXT = AV.replace('.1', '.2');
const JOIN = { avSessionId: AV, role: 'customer', userId: 'u-1', ttlSeconds: 60 } as const;

interface Adapter {
  readonly video: VideoProvider;
  /** Another process with the same rooms. */
  readonly other: VideoProvider;
  readonly records: VideoRecords;
  /** Somebody connects to the call, by his token; answers how he disconnects. */
  readonly enter: (role: VideoRole) => Promise<() => Promise<unknown>>;
  readonly stop: () => Promise<unknown>;
}

const ADAPTERS: Readonly<Record<string, () => Promise<Adapter>>> = {
  local: async () => {
    const root = await mkdtemp(join(tmpdir(), 'rooms-'));
    const tokens = new Tokens(randomBytes(32));
    const rooms = new LocalRooms(root, Date.now);
    const video = (): VideoProvider => new LocalVideoProvider(rooms.files, tokens, Date.now);
    return {
      video: video(),
      other: video(),
      records: rooms.records(tokens, 'http://api.test'),
      enter: async (role) => {
        const { token } = await video().joinToken('demo', { ...JOIN, role });
        const claims = await tokens.verify('local-video', token, new Date());
        const { peerId = '' } = (await rooms.presence.join(claims, '')) ?? {};
        return () => rooms.presence.leave(claims, peerId, 'CLIENT_REQUEST', Date.now());
      },
      stop: () => rm(root, { recursive: true }),
    };
  },
  hundredms: async () => {
    const emulator = await startEmulator();
    const { accessKey, appSecret } = emulator.workspace.keys;
    const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
    const client = new HundredMsClient(keys);
    const roles = { agent: { name: 'agent' }, customer: { name: 'customer' } };
    const { id } = (await client.post('/templates', { name: 'kyc', roles })) as { id: string };
    const video = (): VideoProvider => new HundredMsVideoProvider(client, { '*': id }, Date.now);
    return {
      video: video(),
      other: video(),
      records: new HundredMsRecords(client),
      enter: async (role) => {
        const { token } = await video().joinToken('demo', { ...JOIN, role });
        const peer = emulator.workspace.join(token);
        return () => {
          emulator.workspace.leave(peer.id);
          return Promise.resolve();
        };
      },
      stop: () => emulator.close(),
    };
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

    it('knows whose room it is, by its id alone', async () => {
      const { roomId } = await video.openRoom('demo', AV);
      const place = { ouid: 'demo', avSessionId: AV };
      expect(await adapter.records.locate(roomId)).toEqual(place);
      await video.closeRoom('demo', AV);
      expect(await adapter.records.locate(roomId)).toEqual(place);
      expect(await adapter.records.locate('66112497abcd523125560000')).toBeUndefined();
    });

    it('tells who was in a call and until when, each time the same', async () => {
      const { records, enter } = adapter;
      const { roomId } = await video.openRoom('demo', AV);
      expect(await records.lookAt(roomId)).toEqual([]);
      const before = Date.now();
      const leaves = [await enter('agent'), await enter('customer')];
      const there = await records.lookAt(roomId);
      expect(there.map(({ kind }) => kind)).toEqual(['PEER_JOINED', 'PEER_JOINED']);
      for (const leave of leaves) await leave();
      const facts = await records.lookAt(roomId);
      const sides = (kind: string) =>
        facts.flatMap((fact) => (fact.kind === kind && 'who' in fact ? [fact.who] : [])).sort();
      expect(sides('PEER_JOINED')).toEqual(['AGENT', 'CUSTOMER']);
      expect(sides('PEER_LEFT')).toEqual(['AGENT', 'CUSTOMER']);
      expect(facts.filter(({ kind }) => kind === 'ROOM_EMPTY')).toHaveLength(1);
      for (const { at } of facts) {
        expect(at).toBeGreaterThanOrEqual(before - 1_000);
        expect(at).toBeLessThanOrEqual(Date.now() + 1_000);
      }
      expect(await records.lookAt(roomId)).toEqual(facts);
    });

    it('sends away whoever is in the call when it is ended', async () => {
      const { records, enter } = adapter;
      const { roomId } = await video.openRoom('demo', AV);
      await enter('agent');
      await enter('customer');
      await video.closeRoom('demo', AV);
      const kinds = (await records.lookAt(roomId)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'PEER_LEFT')).toHaveLength(2);
      expect(kinds).toContain('ROOM_EMPTY');
    });

    it('gives no address for a file that is none of the room’s', async () => {
      const { roomId } = await video.openRoom('demo', AV);
      expect(await adapter.records.recordingLinks(roomId, [], 60)).toEqual([]);
      const links = adapter.records.recordingLinks(roomId, ['s3://elsewhere/1.mp4'], 60);
      await expect(links).rejects.toMatchObject({ name: 'VideoError' });
    });
  },
);
