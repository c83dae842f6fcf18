import { randomUUID } from 'node:crypto';
import { presigned } from './asset-files';
import { emit, inSession } from './events';
import type { Body } from './refusal';
import { type Asset, newId, type Recording, type Session } from './state';
import { msText, secondsBetween, timeText } from './times';
import type { Workspace } from './workspace';

// 100ms docs: Webhook, the beam events. None of them has the room's name.

export function beamStarted(workspace: Workspace, session: Session, recording: Recording): void {
  const { createdAt, startedAt = createdAt } = recording;
  emit(workspace, 'beam.started.success', {
    ...beamIn(workspace, session, recording),
    ...job(recording),
    start_delay: secondsBetween(createdAt, startedAt),
  });
}

export function beamStopped(
  workspace: Workspace,
  session: Session,
  recording: Recording,
  reason: string,
): void {
  emit(workspace, 'beam.stopped.success', {
    ...beamIn(workspace, session, recording),
    ...job(recording),
    duration: lasted(recording),
    reason,
  });
}

/** What says that a file is there. */
export function beamRecorded(
  workspace: Workspace,
  session: Session,
  recording: Recording,
  { asset, chat }: { readonly asset: Asset; readonly chat: Asset },
): void {
  const { createdAt, startedAt = createdAt, stoppedAt = timeText() } = recording;
  emit(workspace, 'beam.recording.success', {
    ...beamIn(workspace, session, recording),
    recording_id: newId(),
    created_at: timeText(),
    started_at: msText(startedAt),
    stopped_at: msText(stoppedAt),
    duration: asset.duration,
    size: asset.size,
    recording_path: asset.path,
    recording_presigned_url: presigned(asset),
    chat_recording_path: chat.path,
    chat_recording_presigned_url: presigned(chat),
  });
}

export function beamFailed(
  workspace: Workspace,
  session: Session,
  recording: Recording,
  error: { readonly error_type: string; readonly error_message: string },
): void {
  emit(workspace, 'beam.failure', {
    ...beamIn(workspace, session, recording),
    ...job(recording),
    ...error,
    error_code: 1,
    duration: lasted(recording),
  });
}

function beamIn(workspace: Workspace, session: Session, recording: Recording): Body {
  return {
    ...inSession(workspace, session),
    beam_id: recording.beamId,
    peer_id: recording.peerId,
    metadata_id: randomUUID(),
    metadata_timestamp: timeText(),
    max_width: recording.width,
    max_height: recording.height,
    meeting_url: recording.meetingUrl,
    rtmp: [],
  };
}

function job({ jobId }: Recording): Body {
  return { job_id: jobId, recording_enabled: true };
}

function lasted({ startedAt, stoppedAt = timeText() }: Recording): number {
  return startedAt === undefined ? 0 : secondsBetween(startedAt, stoppedAt);
}
