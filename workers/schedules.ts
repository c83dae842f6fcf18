import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  type ScheduleOptionsStartWorkflowAction,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import type { Workflow } from '@temporalio/common';
import { TASK_QUEUE, WORKFLOWS } from '../workflows/contracts';

type Declared = ScheduleOptions<ScheduleOptionsStartWorkflowAction<Workflow>>;

/** Also in the runbook: "Trigger" in the Temporal UI makes them look at once. */
export const RECONCILER_SCHEDULE = 'video-kyc-reconciler';
export const PURGE_SCHEDULE = 'video-kyc-purge';

const SCHEDULES: readonly Declared[] = [
  {
    scheduleId: RECONCILER_SCHEDULE,
    // How long a stopped case may keep its agent: each round is a run that Temporal keeps.
    spec: { intervals: [{ every: '5 minutes' }] },
    action: runOf(WORKFLOWS.reconciler, 'reconciler'),
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
  },
  {
    scheduleId: PURGE_SCHEDULE,
    // 02:30 in India, where the first users are: deletes rewrite parts of tables.
    spec: { calendars: [{ hour: 21, minute: 0 }] },
    action: runOf(WORKFLOWS.purge, 'purge'),
    // A machine that slept through it does it when it wakes.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' },
  },
];

function runOf(workflowType: string, workflowId: string): Declared['action'] {
  return { type: 'startWorkflow', workflowType, workflowId, taskQueue: TASK_QUEUE, args: [] };
}

/** Sets up what runs by the clock, for all workers; what an operator paused stays paused. */
export async function ensureSchedules(client: Client): Promise<void> {
  for (const { scheduleId, ...declared } of SCHEDULES) {
    try {
      await client.schedule.create({ scheduleId, ...declared });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      const schedule = client.schedule.getHandle(scheduleId);
      await schedule.update(({ state }) => ({ ...declared, state }));
    }
  }
}
