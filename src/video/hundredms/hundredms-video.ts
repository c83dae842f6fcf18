import type { VideoJoin, VideoProvider, VideoRoom, VideoToken } from '../../ports/video-provider';
import type { HundredMsClient } from './client';
import { failureOf } from './error';
import { onRoom, own, usable } from './own-rooms';
import { HundredMsRooms } from './rooms';
import { type Templates, templateFor } from './templates';

/**
 * Calls in rooms of 100ms. A room's name is its AVSessionID, its description the OUID: so a webhook
 * finds its profile, and no organization gets into another's room.
 *
 * Each act may run twice, also at once. Opening looks first, and creates by name with always the
 * same body; a room that is locked is not created again. Closing ends the call, locks, and looks
 * whether both are so; a room that is ended and locked already only is looked at again.
 */
export class HundredMsVideoProvider implements VideoProvider {
  private readonly rooms: HundredMsRooms;

  /** `now` is the clock, epoch ms. */
  constructor(
    private readonly client: HundredMsClient,
    private readonly templates: Templates,
    private readonly now: () => number,
  ) {
    this.rooms = new HundredMsRooms(client);
  }

  openRoom(ouid: string, avSessionId: string): Promise<VideoRoom> {
    return onRoom(ouid, avSessionId, async () => {
      const room =
        (await this.rooms.find(avSessionId)) ??
        (await this.rooms.create(avSessionId, ouid, templateFor(ouid, this.templates)));
      // By its template: composite or SFU.
      return { roomId: usable(room, ouid, avSessionId).id, records: true };
    });
  }

  closeRoom(ouid: string, avSessionId: string): Promise<void> {
    return onRoom(ouid, avSessionId, async () => {
      const room =
        (await this.rooms.find(avSessionId)) ??
        (await this.rooms.create(avSessionId, ouid, templateFor(ouid, this.templates)));
      const { id } = own(room, ouid, avSessionId);
      // Refused where nobody is inside; unknown when no answer came: both are asked below.
      const failed = await failureOf(this.rooms.end(id));
      if ((await this.rooms.get(id)).enabled) await this.rooms.disable(id);
      if (failed && (await this.rooms.isActive(id))) throw failed;
    });
  }

  joinToken(ouid: string, join: VideoJoin): Promise<VideoToken> {
    const { avSessionId, role, userId, ttlSeconds } = join;
    return onRoom(ouid, avSessionId, async () => {
      const room = usable(await this.rooms.find(avSessionId), ouid, avSessionId);
      const now = Math.floor(this.now() / 1000);
      const exp = now + ttlSeconds;
      const token = await this.client.roomToken({ roomId: room.id, role, userId, now, exp });
      return { token, expiresAt: exp * 1000, provider: 'hundredms' };
    });
  }
}
