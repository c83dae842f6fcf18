import { Refusal } from '../refusal';
import { avSnapshot, changeAv, subjectOf } from './av-session';
import type { ProfileCommands } from './commands';
import type { ProfileJournal } from './profile-journal';
import { onRecordingFailed } from './recording';
import { NO_RECORDING_YET } from './recording-state';
import type { AvSession } from './state';

// Where rooms do not record by themselves, the system has it begun when both are in, and ends it with
// the call. The service changes nothing when it is asked for what it does already.

export function askToRecord(j: ProfileJournal, old: AvSession): void {
  const { avSessionId, recordsOnRequest, recording } = old;
  const waiting = j.state.outbox.video.some(
    ({ message }) => message.kind === 'startRecording' && message.avSessionId === avSessionId,
  );
  if (!recordsOnRequest || waiting) return;
  const failed = recording?.state === 'FAILED';
  const asked =
    !recording || failed ? { ...NO_RECORDING_YET, files: recording?.files ?? [] } : recording;
  const av = changeAv(j, old, { recording: asked });
  j.send('video', { kind: 'startRecording', avSessionId });
  j.emit('av.recording-asked', { av: avSnapshot(av) }, subjectOf(av));
}

/** The service saw somebody come in; before that it may have had no call to record. */
export function askAgain(j: ProfileJournal, av: AvSession): void {
  const failed = av.recording?.state === 'FAILED' && av.recordingTakenAt === undefined;
  if (failed && av.agentIn && av.customerIn) askToRecord(j, av);
}

/** An agent's, who was told that it is not recorded. A call that is recorded goes on being so. */
export function startRecording(
  j: ProfileJournal,
  input: ProfileCommands['startRecording'],
): string {
  const { avSessionId } = j.assignedAv(input.avSessionId);
  const open = j.openCall();
  if (open.room !== 'OPEN')
    throw new Refusal('ROOM_NOT_READY', `the room is ${open.room}; try again in a moment`);
  if (!open.recordsOnRequest)
    throw new Refusal(
      'RECORDING_NOT_ON_REQUEST',
      'calls are recorded by themselves, or not at all',
    );
  askToRecord(j, open);
  return avSessionId;
}

/**
 * Not begun: the call goes on, marked for the checker. What was begun once is found, or missed in
 * time, whatever became of a later request.
 */
export function onRecordingRequestSettled(
  j: ProfileJournal,
  av: AvSession,
  error: string | undefined,
): void {
  if (error === undefined) changeAv(j, av, { recordingTakenAt: av.recordingTakenAt ?? j.at });
  else if (av.recordingTakenAt === undefined) onRecordingFailed(j, av, error);
}
