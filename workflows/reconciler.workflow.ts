import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from './contracts';

const { settleStopped } = proxyActivities<Pick<ReconcileActivities, 'settleStopped'>>({
  startToCloseTimeout: '2 minutes',
  // The schedule comes again: what cannot be done now is done then.
  retry: { maximumAttempts: 3 },
});

/** One round of the schedule: finds the profiles whose run was stopped, and has each settled. */
export async function reconcilerWorkflow(): Promise<{ started: number }> {
  return settleStopped();
}
