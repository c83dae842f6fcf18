import { randomUUID } from 'node:crypto';
import { fileOf, keepAsset } from './asset-files';
import { beamFailed, beamRecorded, beamStarted, beamStopped } from './beam-events';
import { enter, leave, people } from './call';
import { type Body, part, Refusal, textIn } from './refusal';
import { newId, type Recording, type Session } from './state';
import { timeText } from './times';
import type { Workspace } from './workspace';

/** 100ms docs: Configure recordings: 4 h where the template does not say less. */
const MAX_SECONDS = 14_400;
/** 100ms docs: Configure recordings: it waits 5 min for somebody to come back. */
const ALONE_SECONDS = 300;
/** 100ms docs: Configure recordings: what dashboard templates call its role. */
const RECORDER = '__internal_recorder';

/** 100ms docs: Webhook, beam.stopped.success. */
export type StopReason =
  | 'client request'
  | 'max duration reached'
  | 'room ended'
  | 'last peer left'
  | 'failure: INTERNAL_ERROR';

export interface StartOfRecording {
  readonly meetingUrl: string;
  readonly destination?: string;
  readonly resolution?: Body;
}

/** The one recording of the template of this room. */
export function recordingSettings(workspace: Workspace, roomId: string): Body {
  const template = workspace.template(textIn(workspace.room(roomId).config['template_id']));
  return template.recordings[0] ?? {};
}

export function browserComposite(workspace: Workspace, roomId: string): Body {
  return part(part(recordingSettings(workspace, roomId), 'compositeRecording'), 'browserComposite');
}

/** With the first peer (100ms docs: Configure recordings); a room with its own settings has left those. */
export function autoStart(workspace: Workspace, session: Session): void {
  const { roomId } = session;
  if (workspace.room(roomId).config['recording_info'] !== undefined) return;
  const composite = browserComposite(workspace, roomId);
  if (composite['autoStart'] !== true || workspace.outcomeOf(roomId) === 'NO_RECORDER') return;
  const meetingUrl = `https://emulator.app.100ms.live/preview/${roomId}?token=beam_recording`;
  startRecording(workspace, session, { meetingUrl, resolution: composite });
}

export function runningRecording(workspace: Workspace, roomId: string): Recording | undefined {
  return [...workspace.recordings.values()].find(
    (recording) =>
      recording.roomId === roomId && ['starting', 'running', 'stopping'].includes(recording.status),
  );
}

/** @throws Refusal where one is under way: of two recorders the files could not be told apart. */
export function startRecording(
  workspace: Workspace,
  session: Session,
  { meetingUrl, destination = '', resolution = {} }: StartOfRecording,
): Recording {
  if (runningRecording(workspace, session.roomId)) {
    throw new Refusal(400, 'recording already started', ['already started']);
  }
  const at = timeText();
  const recording: Recording = {
    id: newId(),
    roomId: session.roomId,
    sessionId: session.id,
    status: 'starting',
    createdAt: at,
    updatedAt: at,
    meetingUrl,
    destination,
    width: Number(resolution['width'] ?? 1280),
    height: Number(resolution['height'] ?? 720),
    beamId: newId(),
    jobId: newId(),
    peerId: randomUUID(),
  };
  workspace.recordings.set(recording.id, recording);
  workspace.timers.after(workspace.delays.recorderJoinsMs, () => {
    if (recording.status === 'starting') begin(workspace, session, recording);
  });
  return recording;
}

/** Asked for; done a little later. */
export function stopRecording(workspace: Workspace, recording: Recording): void {
  if (recording.status === 'stopping') return;
  if (recording.status === 'starting') {
    stoppedTooEarly(workspace, recording);
    return;
  }
  change(recording, 'stopping');
  workspace.timers.after(workspace.delays.recorderLeavesMs, () => {
    stopped(workspace, recording, 'client request');
  });
}

export function stopsWithRoom(workspace: Workspace, session: Session): void {
  for (const recording of ofSession(workspace, session)) {
    if (recording.status === 'starting') stoppedTooEarly(workspace, recording);
    else stopped(workspace, recording, 'room ended');
  }
}

/** Nobody was there any more when it would have joined; or it broke down, and is one of the gone. */
export function sessionIsOver(workspace: Workspace, session: Session): void {
  for (const recording of ofSession(workspace, session)) {
    if (recording.status === 'starting') stoppedTooEarly(workspace, recording);
    else stopped(workspace, recording, 'failure: INTERNAL_ERROR');
  }
}

/** It holds the session open until it gives up, unless somebody comes back. */
export function recorderIsAlone(workspace: Workspace, session: Session): void {
  const seconds = Number(
    browserComposite(workspace, session.roomId)['autoStopTimeout'] ?? ALONE_SECONDS,
  );
  const since = session.updatedAt;
  workspace.timers.after(seconds * workspace.delays.secondMs, () => {
    if (session.closedAt !== undefined || people(session).length > 0) return;
    // Somebody came back and left again: his leave has a timer of its own.
    if (session.updatedAt !== since) return;
    for (const recording of ofSession(workspace, session)) {
      stopped(workspace, recording, 'last peer left');
    }
  });
}

function begin(workspace: Workspace, session: Session, recording: Recording): void {
  const { peerId: id, roomId } = recording;
  const { role = RECORDER, maxDuration } = recordingSettings(workspace, roomId);
  const who = { id, userId: `beam-${recording.beamId}`, name: 'beam', role: String(role) };
  enter(workspace, session, { ...who, isRecorder: true });
  change(recording, 'running');
  recording.startedAt = recording.updatedAt;
  beamStarted(workspace, session, recording);
  const seconds = Number(maxDuration ?? MAX_SECONDS);
  workspace.timers.after(seconds * workspace.delays.secondMs, () => {
    stopped(workspace, recording, 'max duration reached');
  });
}

function stopped(workspace: Workspace, recording: Recording, reason: StopReason): void {
  if (recording.stoppedAt !== undefined) return;
  change(recording, 'post_processing');
  recording.stoppedAt = recording.updatedAt;
  const session = workspace.session(recording.sessionId);
  beamStopped(workspace, session, recording, reason);
  if (session.peers.has(recording.peerId)) leave(workspace, recording.peerId);
  workspace.timers.after(workspace.delays.compositeFileMs, () => {
    processed(workspace, recording);
  });
}

function processed(workspace: Workspace, recording: Recording): void {
  const session = workspace.session(recording.sessionId);
  const outcome = workspace.outcomeOf(recording.roomId);
  if (outcome === 'NONE') return;
  if (outcome === 'FAILURE') {
    keepAsset(workspace, fileOf(workspace, recording, { isFailed: true }));
    change(recording, 'failed');
    beamFailed(workspace, session, recording, {
      error_type: 'UPLOAD_ERROR',
      error_message: 'Failed to upload recordings. Check if upload config is correct.',
    });
    return;
  }
  change(recording, 'completed');
  for (let file = 0; file < (outcome === 'TWO_FILES' ? 2 : 1); file += 1) {
    const isBlank = outcome === 'BLANK';
    const [asset, chat] = [
      keepAsset(workspace, fileOf(workspace, recording, { isBlank, file })),
      keepAsset(workspace, fileOf(workspace, recording, { type: 'chat', file })),
    ];
    beamRecorded(workspace, session, recording, { asset, chat });
  }
}

/** 100ms docs: Recordings overview: a stop before it began fails with BEAM_STOPPED. */
function stoppedTooEarly(workspace: Workspace, recording: Recording): void {
  change(recording, 'failed');
  recording.stoppedAt = recording.updatedAt;
  beamFailed(workspace, workspace.session(recording.sessionId), recording, {
    error_type: 'BEAM_STOPPED',
    error_message: 'Beam stopped before recording started',
  });
}

function ofSession(workspace: Workspace, session: Session): Recording[] {
  return [...workspace.recordings.values()].filter(
    ({ sessionId, stoppedAt }) => sessionId === session.id && stoppedAt === undefined,
  );
}

function change(recording: Recording, status: Recording['status']): void {
  recording.status = status;
  recording.updatedAt = timeText();
}
