import { ApplicationFailure } from '@temporalio/common';
import { VideoError, type VideoProvider } from '../../src/ports/video-provider';

export interface VideoActivities {
  openRoom(ouid: string, avSessionId: string): Promise<{ roomId: string; records: boolean }>;
  closeRoom(ouid: string, avSessionId: string): Promise<void>;
}

/**
 * Rooms of AV sessions. Run twice, both are harmless: a room is named by its AVSessionID, opening
 * one that is open answers the same room, locking one that is locked leaves it locked.
 */
export function createVideoActivities(video: VideoProvider): VideoActivities {
  return {
    async openRoom(ouid, avSessionId) {
      return translated(() => video.openRoom(ouid, avSessionId));
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
