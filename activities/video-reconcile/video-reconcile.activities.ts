import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { OpenCall, OpenCalls } from '../../clickhouse/open-calls';
import type { VideoFacts } from '../../src/domain/video/facts';
import { VideoError, type VideoProvider } from '../../src/ports/video-provider';
import type { VideoRecords } from '../../src/ports/video-records';
import {
  profileWorkflowId,
  VIDEO_FACTS_SIGNAL,
  type VideoReconcileActivities,
} from '../../workflows/contracts';

/** One round's calls; with five minutes between rounds, 100 an hour a minute. */
const CALLS = 500;
/** What the first round asks to be sent again, and the most that a later one does: as old as calls are looked at. */
const FIRST_MS = 60 * 60_000;
const MOST_MS = 24 * 60 * 60_000;
/** The service tries for some 14 s itself, and waits for each answer; before that nothing has failed. */
const STILL_TRIED_MS = 60_000;
/** So many without one answer between them: the round is tried again. */
const MOST_UNANSWERED = 20;
const NOTHING = { calls: 0, facts: 0, locked: 0, replay: 'none' };

/**
 * Asks the video service about calls that are not settled, and tells their profiles what it knows:
 * what webhooks lost is made good. Run twice it changes nothing: a profile takes a fact once, and an
 * event that is sent again is the same one.
 */
export function createVideoReconcileActivities(
  client: Client,
  openCalls: OpenCalls,
  video: VideoProvider,
  records: VideoRecords | undefined,
): VideoReconcileActivities {
  /** How many facts its profile was told. */
  const lookAfter = async (call: OpenCall, from: VideoRecords): Promise<number> => {
    const facts = await from.lookAt(call.roomId);
    return facts.length > 0 && (await tell(client, call, facts)) ? facts.length : 0;
  };
  /** Given up by its profile: an open room is an open door. */
  const lock = async ({ ouid, avSessionId, ended, room }: OpenCall): Promise<boolean> => {
    if (!ended || room !== 'FAILED') return false;
    await video.closeRoom(ouid, avSessionId);
    return true;
  };
  // Of this process: another one asks for the same once more, and that changes nothing.
  let askedUntil = 0;
  /** Each undelivered event is asked for once: from where the last round ended. */
  const replay = async (from: VideoRecords, now: number): Promise<string> => {
    const to = now - STILL_TRIED_MS;
    const since = Math.max(askedUntil, now - (askedUntil === 0 ? FIRST_MS : MOST_MS));
    // Triggered by hand, one round may follow the other at once.
    if (since >= to) return 'none';
    const answer = await from.replayUndelivered(since, to);
    askedUntil = to;
    return answer;
  };
  return {
    async reconcileVideo() {
      if (!records) return NOTHING;
      const calls = await openCalls(CALLS);
      const found = { facts: 0, locked: 0, unanswered: 0 };
      for (const [n, call] of calls.entries()) {
        try {
          found.facts += await lookAfter(call, records);
          if (await lock(call)) found.locked += 1;
        } catch (error) {
          if (!isUnavailable(error)) throw error;
          // The others need not wait for this one; but where nobody answers, it is the service.
          found.unanswered += 1;
          if (found.unanswered > MOST_UNANSWERED && found.unanswered > n) throw error;
        }
      }
      return { calls: calls.length, ...found, replay: await replay(records, Date.now()) };
    },
  };
}

function isUnavailable(error: unknown): boolean {
  return error instanceof VideoError && error.code === 'UNAVAILABLE';
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
