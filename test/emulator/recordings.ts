import { assetFields } from './assets';
import { filtered, pageOf, requireOneOf } from './pages';
import { browserComposite, runningRecording, startRecording, stopRecording } from './recorder';
import {
  type Body,
  invalid,
  isBody,
  Refusal,
  requireKnown,
  requireNumber,
  textIn,
} from './refusal';
import type { Recording } from './state';
import { msText } from './times';
import type { Workspace } from './workspace';

const START = ['meeting_url', 'resolution', 'destination', 'audio_only', 'transcription'];
const STATUS = ['starting', 'running', 'stopping', 'post_processing', 'completed', 'failed'];

/**
 * 100ms docs: Start recording for room. What a room where nobody is gets is not documented; here it
 * is refused, as is a second one, and a room that is locked.
 */
export function startRoomRecording(workspace: Workspace, roomId: string, body: Body): object {
  requireKnown(body, START);
  const room = workspace.room(roomId);
  if (!room.enabled) throw new Refusal(403, 'room is disabled');
  const { meeting_url: url, resolution = {}, destination = '' } = body;
  if (url !== undefined && !/^https?:\/\/\S+$/.test(textIn(url))) throw invalid('meeting_url');
  if (url === undefined && needsMeetingUrl(workspace, roomId)) throw invalid('meeting_url');
  if (!isBody(resolution) || typeof destination !== 'string') throw invalid('resolution');
  requireNumber(resolution['width'], 1, 1920, 'resolution.width');
  requireNumber(resolution['height'], 1, 1920, 'resolution.height');
  const session = workspace.sessions.get(roomId);
  if (!session) throw new Refusal(404, 'room is not active', ['not found']);
  const meetingUrl = textIn(url);
  return recordingAnswer(
    startRecording(workspace, session, { meetingUrl, destination, resolution }),
  );
}

/** 100ms docs: Stop recording for room. */
export function stopRoomRecording(workspace: Workspace, roomId: string): object {
  workspace.room(roomId);
  const recording = runningRecording(workspace, roomId);
  if (!recording) throw new Refusal(404, 'recording not found', ['not found']);
  stopRecording(workspace, recording);
  return { limit: 1, data: [recordingAnswer(recording)], last: recording.id };
}

/** 100ms docs: Stop recording by ID. */
export function stopOneRecording(workspace: Workspace, id: string): object {
  const recording = workspace.recording(id);
  if (recording.stoppedAt !== undefined) throw new Refusal(400, 'recording already stopped');
  stopRecording(workspace, recording);
  return recordingAnswer(recording);
}

/** 100ms docs: List recordings: without the files. */
export function listRecordings(workspace: Workspace, query: URLSearchParams): object {
  requireOneOf(query, 'status', STATUS);
  const fit = filtered([...workspace.recordings.values()], query, {
    room_id: ({ roomId }) => roomId,
    session_id: ({ sessionId }) => sessionId,
    status: ({ status }) => status,
  });
  return pageOf(fit, query, recordingAnswer);
}

/** 100ms docs: Get recording: with its files. */
export function getRecording(workspace: Workspace, id: string): object {
  const recording = workspace.recording(id);
  const assets = [...workspace.assets.values()].filter(({ jobId }) => jobId === id);
  const files = assets.length === 0 ? null : assets.map(assetFields);
  return { ...recordingAnswer(recording), recording_assets: files };
}

/** 100ms docs: Start recording for room, note 1. */
function needsMeetingUrl(workspace: Workspace, roomId: string): boolean {
  const template = workspace.template(textIn(workspace.room(roomId).config['template_id']));
  return (
    template.subdomain === undefined ||
    Object.keys(browserComposite(workspace, roomId)).length === 0
  );
}

function recordingAnswer(recording: Recording): object {
  const { startedAt, stoppedAt, createdAt } = recording;
  return {
    id: recording.id,
    room_id: recording.roomId,
    session_id: recording.sessionId,
    status: recording.status,
    created_at: createdAt,
    started_at: startedAt === undefined ? null : msText(startedAt),
    updated_at: recording.updatedAt,
    stopped_at: stoppedAt === undefined ? null : msText(stoppedAt),
    meeting_url: recording.meetingUrl,
    destination: recording.destination,
    // Both are empty where a server did it.
    started_by: '',
    stopped_by: '',
    asset_types: ['room-composite', 'chat'],
    recording_assets: null,
  };
}
