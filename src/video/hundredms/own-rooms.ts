import { VideoError } from '../../ports/video-provider';
import { requireRoomIds } from '../room-ids';
import { HundredMsError } from './error';
import type { Room } from './rooms';

/**
 * An act of ours on a room of this name. All that the service or the network does is UNAVAILABLE: a
 * repeat asks again what is so.
 */
export async function onRoom<T>(
  ouid: string,
  avSessionId: string,
  act: () => Promise<T>,
): Promise<T> {
  requireRoomIds(ouid, avSessionId);
  return unlessUnavailable(avSessionId, act);
}

/** `what` is what it was about: a room by our name or by theirs. */
export async function unlessUnavailable<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof HundredMsError)) throw error;
    const { retryAfterMs, message } = error;
    throw new VideoError('UNAVAILABLE', what, {
      cause: error,
      why: `100ms: ${message}`,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
}

/** A workspace under HIPAA rules shows no description: there the name alone has to do. */
export function own(room: Room | undefined, ouid: string, avSessionId: string): Room {
  if (room && (room.description === '' || room.description === ouid)) return room;
  throw new VideoError('ROOM_UNKNOWN', avSessionId);
}

export function usable(room: Room | undefined, ouid: string, avSessionId: string): Room {
  const ours = own(room, ouid, avSessionId);
  if (!ours.enabled) throw new VideoError('ROOM_LOCKED', avSessionId);
  return ours;
}
