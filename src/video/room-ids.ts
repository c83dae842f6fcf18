import { OUID_PATTERN } from '../ports/blob-store';
import { VideoError } from '../ports/video-provider';

/** `<ProfileID>.<n>`. */
const AV_SESSION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[1-9]\d{0,5}$/;

export function isAvSessionId(text: string): boolean {
  return AV_SESSION_ID.test(text);
}

/** Before an id becomes part of a path or an address. @throws VideoError ROOM_UNKNOWN */
export function requireRoomIds(ouid: string, avSessionId: string): void {
  if (!OUID_PATTERN.test(ouid) || !AV_SESSION_ID.test(avSessionId)) {
    throw new VideoError('ROOM_UNKNOWN', 'malformed id');
  }
}
