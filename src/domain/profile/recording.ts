import { isFinal } from '../words';
import type { VideoFact } from '../video/facts';
import { avSnapshot, changeAv, subjectOf } from './av-session';
import { closeWhenSettled } from './ending';
import type { ProfileJournal } from './profile-journal';
import {
  awaitsRecording,
  doubtsAbout,
  NO_RECORDING_YET,
  recordingDeadline,
} from './recording-state';
import type { AvSession, Recording } from './state';

type Recorded = Extract<VideoFact, { kind: 'RECORDED' }>;

/** Files that one AV session remembers; a track or stream each has its own. */
const MAX_FILES = 40;

export function onRecordingStarted(j: ProfileJournal, old: AvSession): void {
  if (old.recording && old.recording.state !== 'EXPECTED') return;
  const recording: Recording = { ...(old.recording ?? NO_RECORDING_YET), state: 'RUNNING' };
  const av = changeAv(j, old, { recording });
  j.emit('av.recording-started', { av: avSnapshot(av) }, subjectOf(av));
}

/** A file that comes after it was given up counts all the same. */
export function onRecorded(j: ProfileJournal, old: AvSession, { file }: Recorded): void {
  const { files, ...rest } = old.recording ?? NO_RECORDING_YET;
  if (files.length >= MAX_FILES || files.some(({ path }) => path === file.path)) return;
  const all = [...files, file];
  const recording: Recording =
    file.kind === 'ROOM'
      ? { state: 'RECORDED', files: all, doubts: doubtsAbout(old, all, j.at) }
      : { ...rest, files: all };
  const av = changeAv(j, old, { recording });
  j.emit('av.recorded', { file: { ...file }, av: avSnapshot(av) }, subjectOf(av));
}

export function onRecordingFailed(j: ProfileJournal, old: AvSession, error: string): void {
  if (old.recording?.state === 'RECORDED' || old.recording?.state === 'FAILED') return;
  const recording = withoutFile(old, 'FAILED');
  const av = changeAv(j, old, { recording });
  j.emit('av.recording-failed', { error, av: avSnapshot(av) }, subjectOf(av));
}

/** Nothing came in time: marked for the checker, who may send the case back for it. */
export function onRecordingTimeout(j: ProfileJournal): void {
  for (const old of j.state.avSessions) {
    if (!awaitsRecording(old) || recordingDeadline(j.state, old) > j.at) continue;
    const av = changeAv(j, old, { recording: withoutFile(old, 'MISSING') });
    j.emit('av.recording-missing', { av: avSnapshot(av) }, subjectOf(av));
  }
  if (isFinal(j.state.status)) closeWhenSettled(j);
}

function withoutFile({ recording }: AvSession, state: 'FAILED' | 'MISSING'): Recording {
  return { state, files: recording?.files ?? [], doubts: ['NO_FILE'] };
}
