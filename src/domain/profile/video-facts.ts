import { isFinal } from '../words';
import type { VideoFact, VideoFacts } from '../video/facts';
import { closeWhenSettled } from './ending';
import { onJoinFailed, onPeerJoined, onPeerLeft, onRoomEmpty, onRoomEnded } from './presence';
import type { ProfileJournal } from './profile-journal';
import { onRecorded, onRecordingFailed, onRecordingStarted } from './recording';

/** What the provider saw. A fact about a call that is none of ours, or told twice, changes nothing. */
export function onVideoFacts(j: ProfileJournal, { avSessionId, facts }: VideoFacts): void {
  for (const fact of facts) if (!j.state.closed) onFact(j, avSessionId, fact);
  if (isFinal(j.state.status)) closeWhenSettled(j);
}

function onFact(j: ProfileJournal, avSessionId: string, fact: VideoFact): void {
  const av = j.state.avSessions.find((one) => one.avSessionId === avSessionId);
  if (!av) return;
  switch (fact.kind) {
    case 'PEER_JOINED':
      onPeerJoined(j, av, fact);
      return;
    case 'PEER_LEFT':
      onPeerLeft(j, av, fact);
      return;
    case 'ROOM_EMPTY':
      onRoomEmpty(j, av, fact.at);
      return;
    case 'ROOM_ENDED':
      onRoomEnded(j, av, fact.by);
      return;
    case 'JOIN_FAILED':
      onJoinFailed(j, av, fact);
      return;
    case 'RECORDING_STARTED':
      onRecordingStarted(j, av);
      return;
    case 'RECORDED':
      onRecorded(j, av, fact);
      return;
    case 'RECORDING_FAILED':
      onRecordingFailed(j, av, fact.error);
      return;
  }
}
