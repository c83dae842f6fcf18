import { ApplicationFailure } from '@temporalio/common';
import type { RoomRecorder } from '../../src/ports/room-recorder';
import { VideoError, type VideoProvider } from '../../src/ports/video-provider';
import type { Activities } from '../../workflows/contracts';

type VideoActivities = Pick<
  Activities,
  'openRoom' | 'startRecording' | 'stopRecording' | 'closeRoom'
>;

/**
 * Rooms of AV sessions. Run twice, all are harmless: a room is named by its AVSessionID, opening one
 * that is open answers the same room, locking one that is locked leaves it locked; what is recorded
 * already is not recorded once more, and what is not is left alone.
 *
 * `recorder` is there where calls are recorded on request.
 */
export function createVideoActivities(
  video: VideoProvider,
  recorder?: RoomRecorder,
): VideoActivities {
  const recording = (): RoomRecorder => {
    if (recorder) return recorder;
    // Asked for by a worker with other settings than this one.
    throw ApplicationFailure.nonRetryable('calls record by themselves here', 'RECORDING_REFUSED');
  };
  return {
    async openRoom(ouid, avSessionId) {
      const room = await translated(() => video.openRoom(ouid, avSessionId));
      return { ...room, ...(recorder && { recordsOnRequest: true }) };
    },
    async startRecording(ouid, avSessionId) {
      await translated(() => recording().start(ouid, avSessionId));
    },
    async stopRecording(ouid, avSessionId) {
      await translated(() => recording().stop(ouid, avSessionId));
    },
    async closeRoom(ouid, avSessionId) {
      await translated(() => video.closeRoom(ouid, avSessionId));
    },
  };
}

/** UNAVAILABLE is worth another try, the provider's other answers are final. */
async function translated<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof VideoError)) throw error;
    throw ApplicationFailure.create({
      type: error.code,
      message: error.message,
      nonRetryable: error.code !== 'UNAVAILABLE',
      ...(error.retryAfterMs !== undefined && { nextRetryDelay: error.retryAfterMs }),
    });
  }
}
