import type { Client } from '@temporalio/client';
import type { OpenCall, OpenCalls } from '../../clickhouse/open-calls';
import type { VideoProvider } from '../../src/ports/video-provider';
import type { VideoRecords } from '../../src/ports/video-records';
import { tellProfile } from '../../src/video/tell-profile';
import type { VideoReconcileActivities } from '../../workflows/contracts';
import { askAll } from './ask-all';

/** One round's calls; with five minutes between rounds, 100 an hour a minute. */
const CALLS = 500;
/** What the first round asks to be sent again, and the most that a later one does: as old as calls are looked at. */
const FIRST_MS = 60 * 60_000;
const MOST_MS = 24 * 60 * 60_000;
/** The service tries for some 14 s itself, and waits for each answer; before that nothing has failed. */
const STILL_TRIED_MS = 60_000;

/**
 * Asks the video service about calls that are not settled, and tells their profiles what it knows:
 * what webhooks lost is made good. Run twice it changes nothing: a profile takes a fact once, and an
 * event that is sent again is the same one.
 */
export function createVideoReconcileActivities(
  client: Client,
  openCalls: OpenCalls,
  video: VideoProvider,
  records: VideoRecords,
): VideoReconcileActivities {
  /** How many facts its profile was told. */
  const lookAfter = async (call: OpenCall): Promise<number> => {
    const facts = await records.lookAt(call.roomId);
    return facts.length > 0 && (await tellProfile(client, call.avSessionId, facts))
      ? facts.length
      : 0;
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
  const replay = async (now: number): Promise<string> => {
    const to = now - STILL_TRIED_MS;
    const since = Math.max(askedUntil, now - (askedUntil === 0 ? FIRST_MS : MOST_MS));
    // Triggered by hand, one round may follow the other at once.
    if (since >= to) return 'none';
    const answer = await records.replayUndelivered(since, to);
    askedUntil = to;
    return answer;
  };
  return {
    async reconcileVideo() {
      const calls = await openCalls(CALLS);
      const found = { facts: 0, locked: 0 };
      const unanswered = await askAll(calls, async (call) => {
        const facts = await lookAfter(call);
        if (await lock(call)) found.locked += 1;
        found.facts += facts;
      });
      return { calls: calls.length, ...found, unanswered, replay: await replay(Date.now()) };
    },
  };
}
