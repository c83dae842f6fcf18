import type { VideoToken } from './video-provider';

/**
 * Recording of calls where rooms do not record by themselves: a browser of the video service opens
 * our recorder page, which joins the call and shows it. A room is named as in VideoProvider.
 */
export interface RoomRecorder {
  /**
   * Has the call recorded from now on; where it is already, nothing changes.
   * @throws VideoError NO_RECORDER_PAGE, NO_BUCKET, RECORDING_REFUSED, ROOM_UNKNOWN, ROOM_LOCKED;
   * UNAVAILABLE also while nobody is connected
   */
  start(ouid: string, avSessionId: string): Promise<void>;

  /**
   * Ends what is being recorded; a repeat is fine.
   * @throws VideoError ROOM_UNKNOWN, UNAVAILABLE
   */
  stop(ouid: string, avSessionId: string): Promise<void>;

  /**
   * For the recorder page: lets one in who sees and hears both and is seen by nobody.
   * @throws VideoError ROOM_UNKNOWN, ROOM_LOCKED, UNAVAILABLE
   */
  joinToken(ouid: string, avSessionId: string): Promise<VideoToken>;
}
