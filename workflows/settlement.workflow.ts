import { CancellationScope, defineQuery, proxyActivities, setHandler } from '@temporalio/workflow';
import { stepProfile } from '../src/domain/profile/machine';
import type { ProfileState } from '../src/domain/profile/state';
import { isFinal } from '../src/domain/words';
import { PROFILE_QUERY, type ReconcileActivities } from './contracts';
import { MachineShell } from './machine-shell';
import { untilClosed, type ProfileShell } from './profile-shell';
import { showProfile } from './profile-visibility';

/** For ever: it is the only way to what the stopped run had not told anybody yet. */
const { readStopped } = proxyActivities<Pick<ReconcileActivities, 'readStopped'>>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/**
 * What a profile's run left undone when it was stopped from outside: its last events are recorded,
 * the case is ended, its rooms are locked, its agent is freed. It goes on with the same machine and
 * the same numbering, so the log has one stream and nobody has to know of the stop.
 */
export async function settlementWorkflow(profileId: string): Promise<void> {
  await CancellationScope.nonCancellable(async () => {
    const { state, pending } = await readStopped(profileId);
    const shell: ProfileShell = new MachineShell(state, stepProfile, [...pending], () => {
      showProfile(shell.state);
    });
    setHandler(defineQuery<ProfileState>(PROFILE_QUERY), () => shell.state);
    showProfile(shell.state);
    if (!isFinal(state.status)) {
      shell.apply({
        name: 'cancel',
        actor: { type: 'OPERATIONS', id: 'temporal' },
        input: { cancelReason: 'OPERATOR_TERMINATED' },
      });
    }
    await untilClosed(shell);
  });
}
