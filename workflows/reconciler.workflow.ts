import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { ReconcileActivities, VideoReconcileActivities, VideoRound } from './contracts';

const { settleStopped, reconcileVideo } = proxyActivities<
  Pick<ReconcileActivities, 'settleStopped'> & VideoReconcileActivities
>({
  startToCloseTimeout: '2 minutes',
  // The schedule comes again: what cannot be done now is done then.
  retry: { maximumAttempts: 3 },
});

interface Round {
  readonly started: number;
  readonly video?: VideoRound;
}

/**
 * One round of the schedule: finds the profiles whose run was stopped, and has each settled; asks the
 * video service about calls that are not settled. Its result is what the UI shows of the round, and
 * what Temporal hands to the next one: how far undelivered webhooks were asked for.
 */
export async function reconcilerWorkflow(): Promise<Round> {
  const last = workflowInfo().lastResult as Round | undefined;
  const { started } = await settleStopped();
  return { started, video: await reconcileVideo(last?.video?.replayedUntil) };
}
