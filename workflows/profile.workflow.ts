import {
  CancellationScope,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { DeskReply } from '../src/domain/messages';
import { PROFILE_COMMANDS, SIGNALLED, type ProfileInput } from '../src/domain/profile/commands';
import { startProfile } from '../src/domain/profile/machine';
import type { ProfileStart } from '../src/domain/profile/state';
import type { VideoFacts } from '../src/domain/video/facts';
import type { ProfileStatus } from '../src/domain/words';
import {
  STOPPED_QUERY,
  VIDEO_FACTS_SIGNAL,
  type Activities,
  type CommandEnvelope,
  type EnvelopeReply,
  type StoppedProfile,
} from './contracts';
import { refused } from './machine-shell';
import { askOpenings, hasOpeningHours } from './opening-hours';
import { endByOperations, openShell, untilClosed, type ProfileShell } from './profile-shell';
import { showProfile } from './profile-visibility';

/** Checks a signature; retried for ever, since a decision must not be lost to a restart. */
const { verifyToken } = proxyActivities<Pick<Activities, 'verifyToken'>>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' },
});

/** A journey, from the client's start to a final status with everything settled. */
export async function profileWorkflow(
  start: ProfileStart,
): Promise<{ status: ProfileStatus; reason: string }> {
  const openings = hasOpeningHours(start.policy) ? await askOpenings(start.policy) : undefined;
  const context = { at: Date.now(), entropy: Math.random() };
  const { state, journal } = startProfile(start, context, openings);
  const shell = openShell(state, journal.events);
  registerHandlers(shell);
  showProfile(shell.state);
  onNativeCancel(shell);
  await CancellationScope.nonCancellable(() => untilClosed(shell));
  return { status: shell.state.status, reason: shell.state.reason };
}

function registerHandlers(shell: ProfileShell): void {
  for (const name of PROFILE_COMMANDS) {
    const toInput = ({ ouid, actor, input }: CommandEnvelope): ProfileInput => {
      if (ouid !== shell.state.ouid) throw refused('PROFILE_UNKNOWN', 'there is no such profile');
      return { name, actor, input } as ProfileInput;
    };
    setHandler(
      defineUpdate<EnvelopeReply, [CommandEnvelope]>(name),
      (envelope) => ({ ...shell.apply(toInput(envelope)), bodyHash: envelope.bodyHash }),
      {
        validator: (envelope: CommandEnvelope) => {
          shell.validate(toInput(envelope));
        },
      },
    );
  }
  for (const kind of ['assign', 'waitExpired', 'ask'] as const) {
    setHandler(defineSignal<[DeskReply]>(kind), (reply) => {
      shell.apply({ name: 'deskReply', reply });
    });
  }
  setHandler(defineSignal<[VideoFacts]>(VIDEO_FACTS_SIGNAL), (facts) => {
    shell.apply({ name: 'videoFacts', ...facts });
  });
  for (const signal of SIGNALLED) {
    setHandler(defineSignal<[unknown]>(signal), async (envelope) => {
      const { token, ...input } = signalFields(envelope);
      // A native cancel is a command like others: it must not take a decision's answer with it.
      const verified = await CancellationScope.nonCancellable(() =>
        verifyToken.executeWithOptions({ summary: `token of ${signal}` }, [token]),
      );
      shell.apply({ name: 'signal', signal, token: verified, input });
    });
  }
  setHandler(defineQuery<StoppedProfile>(STOPPED_QUERY), () => ({
    state: shell.state,
    pending: shell.pending,
  }));
}

/** Whatever somebody typed: a token that is no text is an invalid one. */
function signalFields(envelope: unknown): { token: string } & Record<string, unknown> {
  const fields: Record<string, unknown> =
    typeof envelope === 'object' && envelope !== null ? { ...envelope } : {};
  const { token } = fields;
  return { ...fields, token: typeof token === 'string' ? token : '' };
}

/** "Cancel" in the Temporal UI is the cancel command of whoever operates this. */
function onNativeCancel(shell: ProfileShell): void {
  CancellationScope.current().cancelRequested.catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
    endByOperations(shell, 'OPERATOR_CANCELLED');
  });
}
