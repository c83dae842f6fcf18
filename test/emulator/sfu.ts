import { fileOf, keepAsset, presigned } from './asset-files';
import { emit, inNamedSession } from './events';
import { isBody, part } from './refusal';
import { recordingSettings } from './recorder';
import { newId, type Session } from './state';
import { secondsBetween, timeText } from './times';
import type { Workspace } from './workspace';

/**
 * Recording by the media server: nobody joins for it, nobody starts it, its file comes after the
 * session (100ms docs: Recordings overview), and its events are `recording.*` (100ms docs: Webhook).
 */
export function recordBySfu(workspace: Workspace, session: Session): void {
  if (!isRecordedBySfu(workspace, session.roomId)) return;
  workspace.timers.after(workspace.delays.sfuFileMs, () => {
    processed(workspace, session);
  });
}

function isRecordedBySfu(workspace: Workspace, roomId: string): boolean {
  const own = workspace.room(roomId).config['recording_info'];
  if (isBody(own)) return own['enabled'] === true;
  const settings = part(recordingSettings(workspace, roomId), 'compositeRecording');
  return part(settings, 'customComposite')['enabled'] === true;
}

function processed(workspace: Workspace, session: Session): void {
  const outcome = workspace.outcomeOf(session.roomId);
  if (outcome === 'NONE' || outcome === 'NO_RECORDER') return;
  const { createdAt: startedAt, closedAt: stoppedAt = timeText(), roomId, id: sessionId } = session;
  const where = { ...inNamedSession(workspace, session), session_stopped_at: stoppedAt };
  const job = { id: newId(), roomId, sessionId, startedAt, stoppedAt, width: 1280, height: 720 };
  if (outcome === 'FAILURE') {
    keepAsset(workspace, fileOf(workspace, job, { type: 'room-vod', isFailed: true }));
    const error = { error: 'upload failed', error_type: 'CLOUD_ACCESS_ERROR' };
    emit(workspace, 'recording.failed', { ...where, ...error });
    return;
  }
  for (let file = 0; file < (outcome === 'TWO_FILES' ? 2 : 1); file += 1) {
    const isBlank = outcome === 'BLANK';
    const asset = fileOf(workspace, job, { type: 'room-vod', isBlank, file });
    const chat = fileOf(workspace, job, { type: 'chat', file });
    keepAsset(workspace, asset);
    keepAsset(workspace, chat);
    emit(workspace, 'recording.success', {
      ...where,
      duration: secondsBetween(startedAt, stoppedAt),
      size: asset.size,
      recording_path: asset.path,
      recording_presigned_url: presigned(asset),
      chat_recording_path: chat.path,
      chat_recording_presigned_url: presigned(chat),
    });
  }
}
