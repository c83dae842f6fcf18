import type { Json } from '../words';

/**
 * One event of the video service as it was received, without what is personal or secret: values of
 * fields we do not know are left out, and their names stand in `withheld`.
 */
export interface VideoEvent {
  /** The service's own; the same when it is sent again. */
  readonly eventId: string;
  readonly type: string;
  readonly roomId: string;
  /** '' where the service does not say it. */
  readonly roomName: string;
  readonly sessionId: string;
  /** The service's time, ISO 8601; '' when it gives none that can be read. */
  readonly occurredAt: string;
  readonly receivedAt: string;
  readonly data: Readonly<Record<string, Json>>;
  readonly withheld: readonly string[];
}

/** Where an event belongs. */
export interface RoomPlace {
  readonly ouid: string;
  readonly avSessionId: string;
}

/** An AVSessionID is `<ProfileID>.<n>`. */
export function profileOfAvSession(avSessionId: string): string {
  return avSessionId.split('.')[0] ?? '';
}
