import {
  VideoError,
  type VideoJoin,
  type VideoProvider,
  type VideoRoom,
  type VideoToken,
} from '../../ports/video-provider';
import { requireRoomIds } from '../room-ids';
import type { HundredMsClient } from './client';
import { HundredMsError } from './error';
import { HundredMsRooms, type Room } from './rooms';

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

  /** `templates` by OUID, `*` for the rest; `now` is the clock, epoch ms. */
  constructor(
    private readonly client: HundredMsClient,
    private readonly templates: Readonly<Record<string, string>>,
    private readonly now: () => number,
  ) {
    this.rooms = new HundredMsRooms(client);
  }

  openRoom(ouid: string, avSessionId: string): Promise<VideoRoom> {
    return this.translated(ouid, avSessionId, async () => {
      const room =
        (await this.rooms.find(avSessionId)) ??
        (await this.rooms.create(avSessionId, ouid, this.templateOf(ouid)));
      // By its template: composite or SFU.
      return { roomId: usable(room, ouid, avSessionId).id, records: true };
    });
  }

  closeRoom(ouid: string, avSessionId: string): Promise<void> {
    return this.translated(ouid, avSessionId, async () => {
      const room =
        (await this.rooms.find(avSessionId)) ??
        (await this.rooms.create(avSessionId, ouid, this.templateOf(ouid)));
      const { id } = own(room, ouid, avSessionId);
      // Refused where nobody is inside; unknown when no answer came: both are asked below.
      const failed = await failureOf(this.rooms.end(id));
      if ((await this.rooms.get(id)).enabled) await this.rooms.disable(id);
      if (failed && (await this.rooms.isActive(id))) throw failed;
    });
  }

  joinToken(ouid: string, join: VideoJoin): Promise<VideoToken> {
    const { avSessionId, role, userId, ttlSeconds } = join;
    return this.translated(ouid, avSessionId, async () => {
      const room = usable(await this.rooms.find(avSessionId), ouid, avSessionId);
      const now = Math.floor(this.now() / 1000);
      const exp = now + ttlSeconds;
      const token = await this.client.roomToken({ roomId: room.id, role, userId, now, exp });
      return { token, expiresAt: exp * 1000, provider: 'hundredms' };
    });
  }

  private templateOf(ouid: string): string {
    const id = this.templates[ouid] ?? this.templates['*'];
    // Left out, 100ms would take the account's default template.
    if (id === undefined) throw new Error(`HUNDREDMS_TEMPLATES names no template for ${ouid}`);
    return id;
  }

  /** All that the service or the network does is UNAVAILABLE: a repeat asks again what is so. */
  private async translated<T>(
    ouid: string,
    avSessionId: string,
    act: () => Promise<T>,
  ): Promise<T> {
    requireRoomIds(ouid, avSessionId);
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof HundredMsError)) throw error;
      const { retryAfterMs, message } = error;
      throw new VideoError('UNAVAILABLE', avSessionId, {
        cause: error,
        why: `100ms: ${message}`,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
    }
  }
}

/** A workspace under HIPAA rules shows no description: there the name alone has to do. */
function own(room: Room | undefined, ouid: string, avSessionId: string): Room {
  if (room && (room.description === '' || room.description === ouid)) return room;
  throw new VideoError('ROOM_UNKNOWN', avSessionId);
}

function usable(room: Room | undefined, ouid: string, avSessionId: string): Room {
  const ours = own(room, ouid, avSessionId);
  if (!ours.enabled) throw new VideoError('ROOM_LOCKED', avSessionId);
  return ours;
}

async function failureOf(call: Promise<void>): Promise<HundredMsError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof HundredMsError) return error;
    throw error;
  }
}
