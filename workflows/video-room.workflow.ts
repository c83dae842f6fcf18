import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { profileOfAvSession, type VideoEvent } from '../src/domain/video/event';
import {
  profileWorkflowId,
  ROOM_EVENT_SIGNAL,
  VIDEO_FACTS_SIGNAL,
  type VideoEventActivities,
  type VideoRoomStart,
} from './contracts';
import { deliverSignal } from './delivery';

/** Retried for ever, at most 10 s apart: what an event means must not be lost with it. */
const { takeVideoEvents } = proxyActivities<VideoEventActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' },
});

/** Events of one call come in bursts; after so much silence a later one starts it anew. */
const QUIET = '2 minutes';
/** A call has some ten events; a service that goes mad must not fill a payload. */
const MOST_AT_ONCE = 50;
const CONTINUE_AFTER = 1_000;

/**
 * What the video service tells of one room. The webhook is answered when its event is in this
 * history; keeping it and telling the profile what it means comes after that, as often as it needs.
 */
export async function videoRoomWorkflow(start: VideoRoomStart): Promise<void> {
  const waiting = [...(start.waiting ?? [])];
  setHandler(defineSignal<[VideoEvent]>(ROOM_EVENT_SIGNAL), (event) => {
    waiting.push(event);
  });
  while (waiting.length > 0 || (await condition(() => waiting.length > 0, QUIET))) {
    const events = waiting.slice(0, MOST_AT_ONCE);
    await pass(start, events);
    waiting.splice(0, events.length);
    if (workflowInfo().historyLength < CONTINUE_AFTER) continue;
    await condition(allHandlersFinished);
    await continueAsNew<typeof videoRoomWorkflow>({ ...start, waiting });
  }
}

/** A profile that is not there any more has its recording by now, or has given it up. */
async function pass({ workspace, roomId }: VideoRoomStart, events: VideoEvent[]): Promise<void> {
  const types = events.map(({ type }) => type).join(', ');
  const summary = `${events.length}: ${types}`.slice(0, 190);
  const meaning = await takeVideoEvents.executeWithOptions({ summary }, [
    workspace,
    roomId,
    events,
  ]);
  if (!meaning || meaning.facts.length === 0) return;
  const profileId = profileOfAvSession(meaning.avSessionId);
  await deliverSignal(profileWorkflowId(profileId), VIDEO_FACTS_SIGNAL, meaning);
}
