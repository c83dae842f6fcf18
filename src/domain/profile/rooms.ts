import { avSnapshot, changeAv, subjectOf } from './av-session';
import { endInNothing } from './attempts';
import type { ProfileInput } from './commands';
import type { ProfileJournal } from './profile-journal';
import { onRecordingRequestSettled } from './recording-request';
import type { AvSession } from './state';

type VideoSettled = Extract<ProfileInput, { name: 'videoSettled' }>;

/** What the video activities answered: a room opened, failed to, or was locked; a recording was begun. */
export function onVideoSettled(j: ProfileJournal, settled: VideoSettled): void {
  const { id, error } = settled;
  const message = j.state.outbox.video.find((e) => e.id === id)?.message;
  if (!message || !j.settle('video', id)) return;
  const { kind, avSessionId } = message;
  const av = j.state.avSessions.find((a) => a.avSessionId === avSessionId);
  if (!av) throw new Error(`a room settled for no AV session: ${avSessionId}`);
  switch (kind) {
    case 'openRoom':
      onRoomOpened(j, av, settled);
      return;
    case 'closeRoom':
      onRoomClosed(j, av, error);
      return;
    case 'startRecording':
      onRecordingRequestSettled(j, av, error);
      return;
    case 'stopRecording':
      // Whatever became of it: the room is closed next, and that ends a recording too.
      return;
  }
}

function onRoomOpened(j: ProfileJournal, old: AvSession, settled: VideoSettled): void {
  const { roomId, records, recordsOnRequest, error } = settled;
  const subject = subjectOf(old);
  // Ended before the room was there: it is on its way to being locked, and stays so.
  const ended = old.endedAt !== undefined;
  const room = ended ? old.room : error === undefined ? 'OPEN' : 'FAILED';
  const av = changeAv(j, old, {
    room,
    ...(room === 'OPEN' && { roomOpenedAt: j.at }),
    ...(roomId !== undefined && { roomId }),
    ...(records && { records }),
    ...(recordsOnRequest && { recordsOnRequest }),
  });
  if (error === undefined) {
    j.emit('av.room-opened', { roomId: roomId ?? '', av: avSnapshot(av) }, subject);
    return;
  }
  j.emit('av.room-failed', { error, av: avSnapshot(av) }, subject);
  // Without a room there is no call: nobody's fault but ours, so he keeps his place and his agent.
  if (!ended) endInNothing(j, 'ROOM_FAILED', 'TECH_SERVER_ERROR', 'QUEUED', old.agentId);
}

function onRoomClosed(j: ProfileJournal, old: AvSession, error: string | undefined): void {
  const av = avSnapshot(changeAv(j, old, { room: error === undefined ? 'LOCKED' : 'FAILED' }));
  const subject = subjectOf(old);
  if (error === undefined) j.emit('av.room-locked', { av }, subject);
  else j.emit('av.room-lock-failed', { error, av }, subject);
}
