import { ActivityFailure, CancellationScope, proxyActivities, sleep } from '@temporalio/workflow';
import {
  deskWorkflowId,
  type ReconcileActivities,
  type StoppedProfile,
  type StoppedRun,
} from './contracts';
import { deliverSignal } from './delivery';
import { endByOperations, openShell, untilClosed } from './profile-shell';
import { showProfile } from './profile-visibility';

/** A worker answers in a second; who does not in a minute needs a mended worker, or never will. */
const { readStopped } = proxyActivities<Pick<ReconcileActivities, 'readStopped'>>({
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
});
const ASK_AGAIN = '1 hour';

/**
 * What a profile's run left undone when it was stopped from outside: its last events are recorded,
 * the case is ended, its rooms are locked, its agent is freed. It goes on with the same machine and
 * the same numbering, so the log has one stream and nobody has to know of the stop.
 */
export async function settlementWorkflow(run: StoppedRun): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    const { state, pending } = await stoppedProfile(run);
    const shell = openShell(state, [...pending]);
    showProfile(shell.state);
    endByOperations(shell, 'OPERATOR_TERMINATED');
    await untilClosed(shell);
    // An assignment may have reached the stopped run and no state: its agent waits for an answer.
    await forgetAtDesk(run);
  });
}

/** A run that replays no more cannot be asked: its agent is free at least, and it is asked again. */
async function stoppedProfile(run: StoppedRun): Promise<StoppedProfile> {
  for (;;) {
    try {
      return await readStopped(run);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      await forgetAtDesk(run);
      await sleep(ASK_AGAIN, { summary: 'the stopped run does not replay' });
    }
  }
}

/** A desk that is not there has forgotten already. */
async function forgetAtDesk({ ouid, profileId }: StoppedRun): Promise<void> {
  const message = { kind: 'forget', ticket: { profileId, n: 0 } } as const;
  await deliverSignal(deskWorkflowId(ouid), message.kind, message);
}
