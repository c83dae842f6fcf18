import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { VideoEvent } from '../../src/domain/video/event';
import {
  ROOM_EVENT_SIGNAL,
  TASK_QUEUE,
  type VideoRoomStart,
  videoRoomWorkflowId,
  WORKFLOW_TASK_TIMEOUT,
  WORKFLOWS,
} from '../../workflows/contracts';

/** The service waits for our answer; it sends the event again if it does not come. */
const SIGNAL_MS = 5_000;

/** Hands events of the video service to the workflow of their room: one durable call for each. */
@Injectable()
export class RoomEvents {
  constructor(private readonly client: Client) {}

  /** Resolves when the event is in the room's history. */
  async take(workspace: string, event: VideoEvent): Promise<void> {
    const { roomId } = event;
    const start: VideoRoomStart = { workspace, roomId };
    await this.client.withDeadline(Date.now() + SIGNAL_MS, () =>
      this.client.workflow.signalWithStart(WORKFLOWS.videoRoom, {
        workflowId: videoRoomWorkflowId(workspace, roomId),
        taskQueue: TASK_QUEUE,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        args: [start],
        signal: ROOM_EVENT_SIGNAL,
        signalArgs: [event],
        staticSummary: `events of room ${roomId}`,
      }),
    );
  }
}
