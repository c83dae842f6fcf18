/**
 * Where the assisted-video calls take place. Rooms are named by AVSessionID (`<ProfileID>.<n>`), one
 * per AV session, never used again. Adapters: `local` (src/video) and `hundredms`.
 */
export interface VideoProvider {
  /**
   * Makes the room of an AV session; a repeat answers the same room. `records`: it records what goes
   * on in it, and tells what became of the recording.
   * @throws VideoError ROOM_LOCKED when it was closed before; UNAVAILABLE
   */
  openRoom(ouid: string, avSessionId: string): Promise<VideoRoom>;

  /**
   * Ends the call for everyone and locks the room for ever. A repeat is fine, and so is a room that
   * was never opened: it is locked all the same, so that an open arriving late is refused.
   * @throws VideoError UNAVAILABLE
   */
  closeRoom(ouid: string, avSessionId: string): Promise<void>;

  /**
   * A short-lived token for one person's join; asked for anew at every join.
   * @throws VideoError ROOM_UNKNOWN, ROOM_LOCKED, UNAVAILABLE
   */
  joinToken(ouid: string, join: VideoJoin): Promise<VideoToken>;
}

export interface VideoRoom {
  readonly roomId: string;
  readonly records: boolean;
}

export type VideoRole = 'agent' | 'customer';

export interface VideoJoin {
  readonly avSessionId: string;
  readonly role: VideoRole;
  /** Opaque id of the person in this room; never a name. */
  readonly userId: string;
  readonly ttlSeconds: number;
}

export interface VideoToken {
  readonly token: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** Which adapter's client the page has to load. */
  readonly provider: 'local' | 'hundredms';
}

/** UNAVAILABLE means the outcome is unknown or the service refuses us for now: repeat. The others are final. */
export type VideoErrorCode =
  | 'ROOM_UNKNOWN'
  | 'ROOM_LOCKED'
  | 'UNAVAILABLE'
  /** A recording's file is not there (any more). */
  | 'FILE_UNKNOWN'
  /** Why a recording cannot be begun: nothing to look at, nowhere to put it, or the service said no. */
  | 'NO_RECORDER_PAGE'
  | 'NO_BUCKET'
  | 'RECORDING_REFUSED';

export class VideoError extends Error {
  override readonly name = 'VideoError';
  /** When the service asked to be left alone for so long. */
  readonly retryAfterMs: number | undefined;

  /** `why` is for operators: what the service said, free of secrets and personal data. */
  constructor(
    readonly code: VideoErrorCode,
    readonly avSessionId: string,
    options: ErrorOptions & { readonly why?: string; readonly retryAfterMs?: number } = {},
  ) {
    super(
      [code, avSessionId, options.why].filter((part) => part !== undefined).join(': '),
      options,
    );
    this.retryAfterMs = options.retryAfterMs;
  }
}
