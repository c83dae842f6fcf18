import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { TASK_QUEUE, WORKFLOWS } from '../workflows/contracts';

/** Also in the runbook: "Trigger" in the Temporal UI makes it look at once. */
export const RECONCILER_SCHEDULE = 'video-kyc-reconciler';
/** How long a stopped case may keep its agent: each round is a run that Temporal keeps. */
const EVERY = '5 minutes';

const RECONCILER: Omit<
  ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>,
  'scheduleId'
> = {
  spec: { intervals: [{ every: EVERY }] },
  action: {
    type: 'startWorkflow',
    workflowType: WORKFLOWS.reconciler,
    workflowId: 'reconciler',
    taskQueue: TASK_QUEUE,
    args: [],
  },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
};

/** Sets up what runs by the clock, for all workers; what an operator paused stays paused. */
export async function ensureSchedules(client: Client): Promise<void> {
  try {
    await client.schedule.create({ scheduleId: RECONCILER_SCHEDULE, ...RECONCILER });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const schedule = client.schedule.getHandle(RECONCILER_SCHEDULE);
    await schedule.update(({ state }) => ({ ...RECONCILER, state }));
  }
}
