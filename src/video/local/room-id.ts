import type { RoomPlace } from '../../domain/video/event';
import { OUID_PATTERN } from '../../ports/blob-store';
import { isAvSessionId } from '../room-ids';

/** `<OUID>.<AVSessionID>`: whoever has the id knows the place. An OUID has no dot. */
export function localRoomId({ ouid, avSessionId }: RoomPlace): string {
  return `${ouid}.${avSessionId}`;
}

/** Undefined for a room that is none of ours. */
export function placeOfRoom(roomId: string): RoomPlace | undefined {
  const dot = roomId.indexOf('.');
  const [ouid, avSessionId] = [roomId.slice(0, dot), roomId.slice(dot + 1)];
  return OUID_PATTERN.test(ouid) && isAvSessionId(avSessionId) ? { ouid, avSessionId } : undefined;
}
