import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { DeskReply, OutboxEntry, VideoMessage, DeskMessage } from '../src/domain/messages';
import { PROFILE_COMMANDS, SIGNALLED, type ProfileInput } from '../src/domain/profile/commands';
import { startProfile, stepProfile } from '../src/domain/profile/machine';
import type { ProfileStart, ProfileState } from '../src/domain/profile/state';
import { deadlines } from '../src/domain/profile/timers';
import { isFinal, type ProfileStatus } from '../src/domain/words';
import {
  deskWorkflowId,
  PROFILE_QUERY,
  type Activities,
  type CommandEnvelope,
  type EnvelopeReply,
} from './contracts';
import { deliverSignal } from './delivery';
import { MachineShell, refused, type ShellDeadline } from './machine-shell';
import { showProfile } from './profile-visibility';

/**
 * A room that cannot be opened in a minute ends the attempt: the customer is waiting for it. One try
 * is short, because a try whose worker died is noticed by its time alone.
 */
const { openRoom } = proxyActivities<Pick<Activities, 'openRoom'>>({
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '1 minute',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '5 seconds', maximumAttempts: 6 },
});
/** Locking is nobody's hurry but must not be given up early: an open room is an open door. */
const { closeRoom } = proxyActivities<Pick<Activities, 'closeRoom'>>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 30 },
});

/** Checks a signature; retried for ever, since a decision must not be lost to a restart. */
const { verifyToken } = proxyActivities<Pick<Activities, 'verifyToken'>>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '10 seconds' },
});

type ProfileShell = MachineShell<
  { desk: DeskMessage; video: VideoMessage },
  ProfileState,
  ProfileInput,
  Omit<EnvelopeReply, 'bodyHash'>
>;

/** A journey, from the client's start to a final status with everything settled. */
export async function profileWorkflow(
  start: ProfileStart,
): Promise<{ status: ProfileStatus; reason: string }> {
  const { state, journal } = startProfile(start, { at: Date.now(), entropy: Math.random() });
  const shell: ProfileShell = new MachineShell(state, stepProfile, journal.events, () => {
    showProfile(shell.state);
  });
  registerHandlers(shell);
  showProfile(shell.state);
  onNativeCancel(shell);
  await CancellationScope.nonCancellable(() => run(shell));
  return { status: shell.state.status, reason: shell.state.reason };
}

async function run(shell: ProfileShell): Promise<void> {
  // A late message of the desk may still want an answer while the last rows are being recorded.
  const closed = (): boolean => {
    const { closed: ended, outbox } = shell.state;
    return ended && shell.pending.length + outbox.desk.length + outbox.video.length === 0;
  };
  await Promise.all([
    shell.recordEvents(closed),
    shell.deliver('desk', closed, (entry) => sendToDesk(shell.state.ouid, entry)),
    shell.deliver('video', closed, (entry) => doVideo(shell.state.ouid, entry)),
    shell.runTimers(() => isFinal(shell.state.status), nextDeadline),
  ]);
  await condition(allHandlersFinished);
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
  for (const kind of ['assign', 'waitExpired'] as const) {
    setHandler(defineSignal<[DeskReply]>(kind), (reply) => {
      shell.apply({ name: 'deskReply', reply });
    });
  }
  for (const signal of SIGNALLED) {
    setHandler(defineSignal<[unknown]>(signal), async (envelope) => {
      const { token, ...input } = signalFields(envelope);
      const verified = await verifyToken.executeWithOptions({ summary: `token of ${signal}` }, [
        token,
      ]);
      shell.apply({ name: 'signal', signal, token: verified, input });
    });
  }
  setHandler(defineQuery<ProfileState>(PROFILE_QUERY), () => shell.state);
}

/** Whatever somebody typed: a token that is no text is an invalid one. */
function signalFields(envelope: unknown): { token: string } & Record<string, unknown> {
  const fields: Record<string, unknown> =
    typeof envelope === 'object' && envelope !== null ? { ...envelope } : {};
  const { token } = fields;
  return { ...fields, token: typeof token === 'string' ? token : '' };
}

function nextDeadline(state: ProfileState): ShellDeadline<ProfileInput> | undefined {
  const [next] = [...deadlines(state)].sort((a, b) => a.at - b.at);
  return (
    next && { at: next.at, summary: next.summary, input: { name: 'timer', timer: next.timer } }
  );
}

/**
 * Acknowledged when the desk's history has it. A desk that is not there is a fault of operations,
 * not of the customer: it is tried again until somebody starts it.
 */
async function sendToDesk(
  ouid: string,
  { id, message }: OutboxEntry<DeskMessage>,
): Promise<ProfileInput> {
  for (let wait = 1_000; ; wait = Math.min(wait * 2, 60_000)) {
    if (await deliverSignal(deskWorkflowId(ouid), message.kind, message))
      return { name: 'deskSettled', id };
    await sleep(wait, { summary: 'the desk is not running' });
  }
}

async function doVideo(
  ouid: string,
  { id, message }: OutboxEntry<VideoMessage>,
): Promise<ProfileInput> {
  const { kind, avSessionId } = message;
  try {
    if (kind === 'closeRoom') {
      await closeRoom.executeWithOptions({ summary: `lock room ${avSessionId}` }, [
        ouid,
        avSessionId,
      ]);
      return { name: 'videoSettled', id };
    }
    const { roomId } = await openRoom.executeWithOptions({ summary: `open room ${avSessionId}` }, [
      ouid,
      avSessionId,
    ]);
    return { name: 'videoSettled', id, roomId };
  } catch (error) {
    return { name: 'videoSettled', id, error: causeOf(error) };
  }
}

/** The failure's type, not its message: a message may quote what must not be in a log. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof ApplicationFailure) return cause.type ?? 'ApplicationFailure';
  return cause instanceof Error ? cause.name : 'unknown';
}

/** "Cancel" in the Temporal UI is the cancel command of whoever operates this. */
function onNativeCancel(shell: ProfileShell): void {
  CancellationScope.current().cancelRequested.catch((error: unknown) => {
    if (!isCancellation(error)) throw error;
    if (isFinal(shell.state.status)) return;
    shell.apply({
      name: 'cancel',
      actor: { type: 'OPERATIONS', id: 'temporal' },
      input: { cancelReason: 'OPERATOR_CANCELLED' },
    });
  });
}
