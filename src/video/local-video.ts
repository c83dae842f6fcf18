import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createFile, hasCode, makeDirectory, replaceFile } from '../blobs/atomic-file';
import {
  VideoError,
  type VideoJoin,
  type VideoProvider,
  type VideoRoom,
  type VideoToken,
} from '../ports/video-provider';
import { type Tokens } from '../tokens/tokens';
import { requireRoomIds } from './room-ids';

const OPEN = '{"state":"open"}\n';
const LOCKED = '{"state":"locked"}\n';

/**
 * The server part of the embedded video provider: rooms and tokens. A room is a file
 * `<directory>/<OUID>/<AVSessionID>.json`. Opening only ever creates it and locking only ever
 * overwrites it, so whatever the order in which two processes do both, the room ends locked.
 */
export class LocalVideoProvider implements VideoProvider {
  private readonly root: string;
  private readonly temporary: string;

  /** `now` is the clock, epoch ms. */
  constructor(
    directory: string,
    private readonly tokens: Tokens,
    private readonly now: () => number,
  ) {
    this.root = resolve(directory);
    this.temporary = join(this.root, '.tmp');
  }

  async openRoom(ouid: string, avSessionId: string): Promise<VideoRoom> {
    const path = this.path(ouid, avSessionId);
    await makeDirectory(this.temporary);
    await createFile(path, this.temporary, [Buffer.from(OPEN)]);
    await this.requireOpen(ouid, avSessionId);
    return { roomId: avSessionId, records: false };
  }

  async closeRoom(ouid: string, avSessionId: string): Promise<void> {
    const path = this.path(ouid, avSessionId);
    await makeDirectory(this.temporary);
    await replaceFile(path, this.temporary, [Buffer.from(LOCKED)]);
  }

  async joinToken(
    ouid: string,
    { avSessionId, role, userId, ttlSeconds }: VideoJoin,
  ): Promise<VideoToken> {
    await this.requireOpen(ouid, avSessionId);
    const exp = Math.floor(this.now() / 1000) + ttlSeconds;
    const token = await this.tokens.issue('local-video', { ouid, avSessionId, role, userId, exp });
    return { token, expiresAt: exp * 1000, provider: 'local' };
  }

  /** For the signalling of each message too: a token outlives its room. @throws VideoError */
  async requireOpen(ouid: string, avSessionId: string): Promise<void> {
    let text: string;
    try {
      text = await readFile(this.path(ouid, avSessionId), 'utf8');
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new VideoError('ROOM_UNKNOWN', avSessionId);
      throw error;
    }
    if (text !== OPEN) throw new VideoError('ROOM_LOCKED', avSessionId);
  }

  private path(ouid: string, avSessionId: string): string {
    requireRoomIds(ouid, avSessionId);
    return join(this.root, ouid, `${avSessionId}.json`);
  }
}
