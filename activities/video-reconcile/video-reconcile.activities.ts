import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { OpenCall, OpenCalls } from '../../clickhouse/open-calls';
import type { VideoFacts } from '../../src/domain/video/facts';
import type { VideoProvider } from '../../src/ports/video-provider';
import type { VideoRecords } from '../../src/ports/video-records';
import {
  profileWorkflowId,
  VIDEO_FACTS_SIGNAL,
  type VideoReconcileActivities,
} from '../../workflows/contracts';

/** One round's calls; with five minutes between rounds, 100 an hour a minute. */
const CALLS = 500;
/** What a round asks to be sent again; longer than a round and an outage of the schedule. */
const REPLAY_MS = 60 * 60_000;
const NOTHING = { calls: 0, facts: 0, locked: 0, replay: 'none' };

/**
 * Asks the video service about calls that are not settled, and tells their profiles what it knows:
 * what webhooks lost is made good. Run twice it changes nothing: a profile takes a fact once.
 */
export function createVideoReconcileActivities(
  client: Client,
  openCalls: OpenCalls,
  video: VideoProvider,
  records: VideoRecords | undefined,
): VideoReconcileActivities {
  return {
    async reconcileVideo() {
      if (!records) return NOTHING;
      const calls = await openCalls(CALLS);
      let [facts, locked] = [0, 0];
      for (const call of calls) {
        const found = await records.lookAt(call.roomId);
        if (found.length > 0 && (await tell(client, call, found))) facts += found.length;
        // Given up by its profile: an open room is an open door.
        if (call.ended && call.room === 'FAILED') {
          await video.closeRoom(call.ouid, call.avSessionId);
          locked += 1;
        }
      }
      const now = Date.now();
      const replay = await records.replayUndelivered(now - REPLAY_MS, now);
      return { calls: calls.length, facts, locked, replay };
    },
  };
}

/** False: the profile has ended, and with it all that it waited for. */
async function tell(
  client: Client,
  { profileId, avSessionId }: OpenCall,
  facts: VideoFacts['facts'],
): Promise<boolean> {
  const message: VideoFacts = { avSessionId, facts };
  try {
    await client.workflow
      .getHandle(profileWorkflowId(profileId))
      .signal(VIDEO_FACTS_SIGNAL, message);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
