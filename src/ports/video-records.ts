import type { RoomPlace } from '../domain/video/event';
import type { VideoFact } from '../domain/video/facts';

/**
 * What a video service remembers of the calls that took place there: asked when its webhooks may have
 * been lost, and for recordings. The local provider has none: there the product itself is told.
 */
export interface VideoRecords {
  /** Which AV session a room is for; undefined for one that is none of ours. */
  locate(roomId: string): Promise<RoomPlace | undefined>;

  /**
   * Everything it knows of a room's calls: who was in, what was recorded. Reads only.
   * @throws VideoError UNAVAILABLE
   */
  lookAt(roomId: string): Promise<VideoFact[]>;

  /**
   * Short-lived addresses of recordings of a room, in the order of their paths.
   * @throws VideoError FILE_UNKNOWN when it has no such file (any more), UNAVAILABLE
   */
  recordingLinks(roomId: string, paths: readonly string[], seconds: number): Promise<string[]>;

  /**
   * Asks it to send the events again that did not reach us between these times (epoch ms). An event
   * that arrives twice changes nothing. Answers what the service makes of it.
   */
  replayUndelivered(from: number, to: number): Promise<string>;
}
