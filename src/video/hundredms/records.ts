import type { RoomPlace } from '../../domain/video/event';
import type { RecordingFile, VideoFact } from '../../domain/video/facts';
import { VideoError } from '../../ports/video-provider';
import type { VideoRecords } from '../../ports/video-records';
import { isAvSessionId } from '../room-ids';
import type { HundredMsClient } from './client';
import { unlessUnavailable } from './own-rooms';
import { HundredMsRooms } from './rooms';
import { timeOf } from './times';
import { SIDES } from './webhook-facts';
import { fieldsOf, type Fields } from './fields';

/** A call's room has one session, or a few where it stood empty in between; some files each. */
const LIMIT = '100';

/** Types of assets that show the whole call, and those of which there are several. */
const KINDS: Readonly<Record<string, RecordingFile['kind']>> = {
  'room-composite': 'ROOM',
  'room-composite-legacy': 'ROOM',
  'room-vod': 'ROOM',
  track: 'TRACK',
  stream: 'STREAM',
};

/** Sessions, recordings and undelivered webhooks as 100ms keeps them. Reads, but for the replay. */
export class HundredMsRecords implements VideoRecords {
  private readonly rooms: HundredMsRooms;

  constructor(private readonly client: HundredMsClient) {
    this.rooms = new HundredMsRooms(client);
  }

  async locate(roomId: string): Promise<RoomPlace | undefined> {
    const room = await this.rooms.seek(roomId);
    const avSessionId = room?.name.toLowerCase() ?? '';
    return room && isAvSessionId(avSessionId) ? { ouid: room.description, avSessionId } : undefined;
  }

  lookAt(roomId: string): Promise<VideoFact[]> {
    return unlessUnavailable(roomId, async () => {
      // The default for `active` is true, so both are asked for.
      const sessions = await Promise.all(
        ['true', 'false'].map((active) => this.list('/sessions', { room_id: roomId, active })),
      );
      const assets = await this.list('/recording-assets', { room_id: roomId });
      return [...sessions.flat().flatMap(factsOfSession), ...assets.flatMap(factsOfAsset)];
    });
  }

  async recordingLinks(
    roomId: string,
    paths: readonly string[],
    seconds: number,
  ): Promise<string[]> {
    if (paths.length === 0) return [];
    return unlessUnavailable(roomId, async () => {
      const assets = await this.list('/recording-assets', { room_id: roomId });
      const ids = paths.map((path) => assets.find((asset) => asset['path'] === path)?.['id']);
      return Promise.all(ids.map((id) => this.link(roomId, id, seconds)));
    });
  }

  async replayUndelivered(from: number, to: number): Promise<string> {
    const body = {
      start_time: new Date(from).toISOString(),
      end_time: new Date(to).toISOString(),
      status: 'failed',
    };
    const { status } = fieldsOf(await this.client.post('/analytics/webhooks/replay', body));
    return typeof status === 'string' ? status : 'unknown';
  }

  private async link(roomId: string, assetId: unknown, seconds: number): Promise<string> {
    if (typeof assetId !== 'string') throw new VideoError('FILE_UNKNOWN', roomId);
    const address = `/recording-assets/${assetId}/presigned-url`;
    const { url } = fieldsOf(await this.client.get(address, { presign_duration: String(seconds) }));
    if (typeof url === 'string') return url;
    throw new VideoError('UNAVAILABLE', roomId, { why: '100ms: no address in the answer' });
  }

  private async list(path: string, query: Readonly<Record<string, string>>): Promise<Fields[]> {
    const { data } = fieldsOf(await this.client.get(path, { ...query, limit: LIMIT }));
    return Array.isArray(data) ? data.map(fieldsOf) : [];
  }
}

function factsOfSession(session: Fields): VideoFact[] {
  const peers = Object.values(fieldsOf(session['peers'])).map(fieldsOf).flatMap(factsOfPeer);
  const ended = session['active'] === true ? undefined : timeOf(session['updated_at']);
  return ended === undefined ? peers : [...peers, { kind: 'ROOM_EMPTY', at: ended }];
}

/** Why he left is not kept there. */
function factsOfPeer(peer: Fields): VideoFact[] {
  const who = SIDES[String(peer['role'])];
  const { id: peerId } = peer;
  const joinedAt = timeOf(peer['joined_at']);
  if (who === undefined || typeof peerId !== 'string' || joinedAt === undefined) return [];
  const at = timeOf(peer['left_at']);
  const joined: VideoFact = { kind: 'PEER_JOINED', who, peerId, at: joinedAt };
  if (at === undefined) return [joined];
  return [joined, { kind: 'PEER_LEFT', who, peerId, joinedAt, at, cause: 'CONNECTION_LOST' }];
}

function factsOfAsset(asset: Fields): VideoFact[] {
  const { path, status, size, duration } = asset;
  const kind = KINDS[String(asset['type'])];
  const at = timeOf(asset['created_at']) ?? 0;
  if (kind === undefined) return [];
  if (status === 'failed')
    return kind === 'ROOM' ? [{ kind: 'RECORDING_FAILED', error: 'ASSET_FAILED', at }] : [];
  if (status !== 'completed' || typeof path !== 'string') return [];
  const file = { kind, path, bytes: Number(size ?? 0), durationMs: Number(duration ?? 0) * 1_000 };
  return [{ kind: 'RECORDED', file, at }];
}
