import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { VideoEventsLog } from '../../clickhouse/video-events';
import { profileOfAvSession, type RoomPlace, type VideoEvent } from '../../src/domain/video/event';
import type { VideoRecords } from '../../src/ports/video-records';
import { isAvSessionId } from '../../src/video/room-ids';
import { factsOf } from '../../src/video/hundredms/webhook-facts';
import { profileWorkflowId, searchKey, type VideoEventActivities } from '../../workflows/contracts';

const NOWHERE: RoomPlace = { ouid: '', avSessionId: '' };

/**
 * Events of the video service: each is kept, and what they mean is answered. Run twice it is harmless:
 * an event is kept once by its id, and the meaning depends on the events alone.
 */
export function createVideoEventActivities(
  client: Client,
  log: VideoEventsLog,
  records: VideoRecords,
): VideoEventActivities {
  return {
    async takeVideoEvents(workspace, roomId, events) {
      const place = await placeOf(client, records, roomId, events);
      await log.keep(workspace, place, events);
      const { avSessionId } = place;
      return avSessionId === '' ? undefined : { avSessionId, facts: factsOf(events) };
    },
  };
}

/** A room's name is its AVSessionID. Recording events have no name: then the room is looked up. */
async function placeOf(
  client: Client,
  records: VideoRecords,
  roomId: string,
  events: readonly VideoEvent[],
): Promise<RoomPlace> {
  const named = events.map(({ roomName }) => roomName.toLowerCase()).find(isAvSessionId);
  if (named === undefined) return (await records.locate(roomId)) ?? NOWHERE;
  const ouid = await ouidOf(client, profileOfAvSession(named));
  return ouid === undefined ? NOWHERE : { ouid, avSessionId: named };
}

/** From the profile's run; undefined when there never was one, or Temporal has forgotten it. */
async function ouidOf(client: Client, profileId: string): Promise<string | undefined> {
  try {
    const run = await client.workflow.getHandle(profileWorkflowId(profileId)).describe();
    return run.typedSearchAttributes.get(searchKey('ouid'));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
