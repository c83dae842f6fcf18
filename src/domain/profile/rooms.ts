import { avSnapshot, changeAv, subjectOf } from './av-session';
import { endInNothing } from './attempts';
import type { ProfileInput } from './commands';
import type { ProfileJournal } from './profile-journal';

/** What the video activities answered: a room opened, failed to, or was locked. */
export function onVideoSettled(
  j: ProfileJournal,
  { id, roomId, records, error }: Extract<ProfileInput, { name: 'videoSettled' }>,
): void {
  const message = j.state.outbox.video.find((e) => e.id === id)?.message;
  if (!message || !j.settle('video', id)) return;
  const { kind, avSessionId } = message;
  const old = j.state.avSessions.find((a) => a.avSessionId === avSessionId);
  if (!old) throw new Error(`a room settled for no AV session: ${avSessionId}`);
  const subject = subjectOf(old);
  if (kind === 'openRoom') {
    // Ended before the room was there: it is on its way to being locked, and stays so.
    const ended = old.endedAt !== undefined;
    const room = ended ? old.room : error === undefined ? 'OPEN' : 'FAILED';
    const opened = room === 'OPEN' ? { roomOpenedAt: j.at } : {};
    const made = { ...(roomId !== undefined && { roomId }), ...(records && { records }) };
    const av = avSnapshot(changeAv(j, old, { room, ...opened, ...made }));
    if (error === undefined) {
      j.emit('av.room-opened', { roomId: roomId ?? '', av }, subject);
      return;
    }
    j.emit('av.room-failed', { error, av }, subject);
    // Without a room there is no call: nobody's fault but ours, so he keeps his place and his agent.
    if (!ended) endInNothing(j, 'ROOM_FAILED', 'TECH_SERVER_ERROR', 'QUEUED', old.agentId);
    return;
  }
  const av = avSnapshot(changeAv(j, old, { room: error === undefined ? 'LOCKED' : 'FAILED' }));
  if (error === undefined) j.emit('av.room-locked', { av }, subject);
  else j.emit('av.room-lock-failed', { error, av }, subject);
}
