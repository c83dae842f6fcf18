import { CancellationScope, condition, proxyLocalActivities } from '@temporalio/workflow';
import type { Openings } from '../src/domain/openings';
import type { Policy } from '../src/domain/policy';
import type { ProfileInput } from '../src/domain/profile/commands';
import type { ProfileState } from '../src/domain/profile/state';
import { isFinal } from '../src/domain/words';
import type { Activities } from './contracts';

/**
 * The one local activity of the product: it has no effect that could come without its workflow task,
 * and with its answer in the first task nobody can ask or command a case that does not know its hours.
 */
const { openings } = proxyLocalActivities<Pick<Activities, 'openings'>>({
  startToCloseTimeout: '10 seconds',
});

/** A slot is booked up to 30 days ahead: a case knows at least so much, and one day more. */
const KNOWN_AHEAD_MS = 31 * 24 * 60 * 60 * 1_000;

export function hasOpeningHours({ queues }: Policy): boolean {
  return queues.some(({ openingHours }) => openingHours);
}

/** When the policy's queues are open from now on; a native cancel has to wait for it. */
export function askOpenings({ queues }: Policy): Promise<Openings> {
  const withHours = queues.flatMap(({ queueId, openingHours }) =>
    openingHours ? [{ queueId, openingHours }] : [],
  );
  return CancellationScope.nonCancellable(() =>
    openings.executeWithOptions({ summary: 'opening hours as UTC' }, [withHours, Date.now()]),
  );
}

interface Renewed {
  readonly state: ProfileState;
  apply(input: ProfileInput): unknown;
}

/** Asks again before what is known runs out, until the case has ended. */
export async function renewOpenings(shell: Renewed): Promise<void> {
  const ended = (): boolean => isFinal(shell.state.status);
  while (!ended()) {
    const known = shell.state.openings;
    if (!known) return;
    const wait = known.until - KNOWN_AHEAD_MS - Date.now();
    const summary = 'opening hours are asked for again';
    if (wait > 0 && (await condition(ended, wait, { summary }))) return;
    shell.apply({ name: 'openings', openings: await askOpenings(shell.state.policy) });
  }
}
