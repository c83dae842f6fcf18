import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  defineQuery,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { LogRow } from '../src/domain/log-row';
import type { DeskMessage, OutboxEntry, VideoMessage } from '../src/domain/messages';
import type { ProfileInput } from '../src/domain/profile/commands';
import { stepProfile } from '../src/domain/profile/machine';
import type { ProfileState } from '../src/domain/profile/state';
import { deadlines } from '../src/domain/profile/timers';
import { isFinal } from '../src/domain/words';
import { deskWorkflowId, PROFILE_QUERY, type Activities, type EnvelopeReply } from './contracts';
import { deliverSignal } from './delivery';
import { MachineShell, type ShellDeadline } from './machine-shell';
import { renewOpenings } from './opening-hours';
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
/** There is no call for the service before somebody's client has connected, which takes seconds. */
const { startRecording } = proxyActivities<Pick<Activities, 'startRecording'>>({
  startToCloseTimeout: '15 seconds',
  scheduleToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '3 seconds' },
});
/** Not for long: the room waits for it to be closed, and closing it ends the recording too. */
const { stopRecording } = proxyActivities<Pick<Activities, 'stopRecording'>>({
  startToCloseTimeout: '8 seconds',
  scheduleToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second' },
});
/** Locking is nobody's hurry but must not be given up early: an open room is an open door. */
const { closeRoom } = proxyActivities<Pick<Activities, 'closeRoom'>>({
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', maximumAttempts: 30 },
});

/** Some ten events a try: a history of 51,200 lasts a year at this pace. */
const LONGEST_DESK_WAIT_MS = 10 * 60_000;

export type ProfileShell = MachineShell<
  { desk: DeskMessage; video: VideoMessage },
  ProfileState,
  ProfileInput,
  Omit<EnvelopeReply, 'bodyHash'>
>;

/** A profile's shell: asked where it stands it answers, and Temporal's UI follows each step. */
export function openShell(state: ProfileState, pending: LogRow[]): ProfileShell {
  const shell: ProfileShell = new MachineShell(state, stepProfile, pending, () => {
    showProfile(shell.state);
  });
  setHandler(defineQuery<ProfileState>(PROFILE_QUERY), () => shell.state);
  return shell;
}

/** What operations do to a run in Temporal ends the case, unless it has ended. */
export function endByOperations(
  shell: ProfileShell,
  cancelReason: 'OPERATOR_CANCELLED' | 'OPERATOR_TERMINATED',
): void {
  if (isFinal(shell.state.status)) return;
  const actor = { type: 'OPERATIONS', id: 'temporal' } as const;
  shell.apply({ name: 'cancel', actor, input: { cancelReason } });
}

/** Carries out what the machine wants until the case has ended and everything of it is settled. */
export async function untilClosed(shell: ProfileShell): Promise<void> {
  // A late message of the desk may still want an answer while the last rows are being recorded.
  const closed = (): boolean => {
    const { closed: ended, outbox } = shell.state;
    return ended && shell.pending.length + outbox.desk.length + outbox.video.length === 0;
  };
  const { ouid } = shell.state;
  await Promise.all([
    shell.perform({
      send: {
        desk: (entry) => sendToDesk(ouid, entry),
        video: (entry) => doVideo(ouid, entry),
      },
      next: nextDeadline,
      done: closed,
    }),
    renewOpenings(shell),
  ]);
  await condition(allHandlersFinished);
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
  for (let wait = 1_000; ; wait = Math.min(wait * 2, LONGEST_DESK_WAIT_MS)) {
    if (await deliverSignal(deskWorkflowId(ouid), message.kind, message))
      return { name: 'deskSettled', id };
    await sleep(wait, { summary: 'the desk is not running' });
  }
}

/** For Temporal's UI. */
const WORDS: Readonly<Record<VideoMessage['kind'], string>> = {
  openRoom: 'open room',
  startRecording: 'record',
  stopRecording: 'stop recording',
  closeRoom: 'lock room',
};

async function doVideo(
  ouid: string,
  { id, message }: OutboxEntry<VideoMessage>,
): Promise<ProfileInput> {
  const { kind, avSessionId } = message;
  const args: [string, string] = [ouid, avSessionId];
  const summary = { summary: `${WORDS[kind]} ${avSessionId}` };
  try {
    switch (kind) {
      case 'openRoom':
        return { name: 'videoSettled', id, ...(await openRoom.executeWithOptions(summary, args)) };
      case 'startRecording':
        await startRecording.executeWithOptions(summary, args);
        break;
      case 'stopRecording':
        await stopRecording.executeWithOptions(summary, args);
        break;
      case 'closeRoom':
        await closeRoom.executeWithOptions(summary, args);
    }
    return { name: 'videoSettled', id };
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
