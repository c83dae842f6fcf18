import type { VideoJoin, VideoProvider, VideoRoom, VideoToken } from '../ports/video-provider';
import { type Tokens } from '../tokens/tokens';
import type { RoomFiles } from './local/room-files';
import { localRoomId } from './local/room-id';

/**
 * The embedded video provider's rooms and tokens. Two browsers talk to each other directly; what they
 * need of us to find each other, and what becomes of it, is beside this in `local`.
 */
export class LocalVideoProvider implements VideoProvider {
  /**
   * @param now the clock, epoch ms
   * @param records whether a recording of every call is expected of the agent's page
   */
  constructor(
    private readonly rooms: RoomFiles,
    private readonly tokens: Tokens,
    private readonly now: () => number,
    private readonly records = false,
  ) {}

  async openRoom(ouid: string, avSessionId: string): Promise<VideoRoom> {
    await this.rooms.open({ ouid, avSessionId });
    return { roomId: localRoomId({ ouid, avSessionId }), records: this.records };
  }

  async closeRoom(ouid: string, avSessionId: string): Promise<void> {
    await this.rooms.lock({ ouid, avSessionId });
  }

  async joinToken(
    ouid: string,
    { avSessionId, role, userId, ttlSeconds }: VideoJoin,
  ): Promise<VideoToken> {
    await this.rooms.requireOpen({ ouid, avSessionId });
    const exp = Math.floor(this.now() / 1000) + ttlSeconds;
    const token = await this.tokens.issue('local-video', { ouid, avSessionId, role, userId, exp });
    return { token, expiresAt: exp * 1000, provider: 'local' };
  }
}
