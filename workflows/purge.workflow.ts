import { proxyActivities } from '@temporalio/workflow';
import type { PurgeActivities, Purged } from './contracts';

const { purgeExpired } = proxyActivities<PurgeActivities>({
  // Deleting rewrites parts of tables: hours at worst. A worker that died is told by its heart.
  startToCloseTimeout: '4 hours',
  heartbeatTimeout: '1 minute',
  // The schedule comes again tomorrow, and nothing that has expired is shown meanwhile.
  retry: { maximumAttempts: 5, maximumInterval: '10 minutes' },
});

/** One round of the schedule: what has expired is deleted. Its result is what the UI shows of it. */
export async function purgeWorkflow(): Promise<Purged> {
  return purgeExpired();
}
