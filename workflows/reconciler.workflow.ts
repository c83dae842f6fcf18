import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities, VideoReconcileActivities, VideoRound } from './contracts';

const { settleStopped, reconcileVideo } = proxyActivities<
  Pick<ReconcileActivities, 'settleStopped'> & VideoReconcileActivities
>({
  startToCloseTimeout: '2 minutes',
  // The schedule comes again: what cannot be done now is done then.
  retry: { maximumAttempts: 3 },
});

/**
 * One round of the schedule: finds the profiles whose run was stopped, and has each settled; asks the
 * video service about calls that are not settled. Its result is what the UI shows of the round.
 */
export async function reconcilerWorkflow(): Promise<{ started: number; video?: VideoRound }> {
  const { started } = await settleStopped();
  return { started, video: await reconcileVideo() };
}
