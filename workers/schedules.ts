import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { TASK_QUEUE, WORKFLOWS } from '../workflows/contracts';

/** Also in the runbook: "Trigger" in the Temporal UI makes it look at once. */
export const RECONCILER_SCHEDULE = 'video-kyc-reconciler';
/** How long a stopped case may keep its agent: each round is a run that Temporal keeps. */
const EVERY = '5 minutes';

/** Sets up what runs by the clock, once for all workers and for ever. */
export async function ensureSchedules(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: RECONCILER_SCHEDULE,
      spec: { intervals: [{ every: EVERY }] },
      action: {
        type: 'startWorkflow',
        workflowType: WORKFLOWS.reconciler,
        workflowId: 'reconciler',
        taskQueue: TASK_QUEUE,
        args: [],
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
