import type { VideoEvent } from '../../domain/video/event';
import type { PeerLeaveCause, RecordingFile, Side, VideoFact } from '../../domain/video/facts';
import { timeOf } from './times';
import { textOf } from './fields';

/** Role of the template → side of the call. Whoever has another role is no participant: the recorder. */
export const SIDES: Readonly<Record<string, Side>> = { agent: 'AGENT', customer: 'CUSTOMER' };

/** `reason` of peer.leave.success (100ms docs: webhook). */
const LEAVES: Readonly<Record<string, PeerLeaveCause>> = {
  'client request': 'CLIENT_REQUEST',
  'peer kicked': 'REMOVED',
  'server removed peer': 'REMOVED',
  'websocket closed': 'CONNECTION_LOST',
  'ice connection state closed': 'CONNECTION_LOST',
};
const JOIN_FAILURES: Readonly<Record<string, string>> = {
  'role not allowed': 'ROLE_NOT_ALLOWED',
  'network disconnection': 'NETWORK',
  'duplicate peer id': 'DUPLICATE',
};
/** A place in a bucket, as the log may have it. */
const PATH = /^[a-z0-9]{2,8}:\/\/[A-Za-z0-9][A-Za-z0-9._/-]{0,400}$/;
const CODE = /^[A-Z][A-Z_]{1,60}$/;

type Translate = (event: VideoEvent, at: number) => VideoFact | undefined;

/** What each type means for a journey; the others are kept as they came, and mean nothing. */
const MEANINGS: Readonly<Record<string, Translate>> = {
  'peer.join.success': ({ data }, at) =>
    ofPeer(data, (who, peerId) => ({
      kind: 'PEER_JOINED',
      who,
      peerId,
      at: timeOf(data['joined_at']) ?? at,
    })),
  'peer.leave.success': ({ data }, at) =>
    ofPeer(data, (who, peerId) => {
      const left = timeOf(data['left_at']) ?? at;
      const cause = LEAVES[textOf(data['reason'])] ?? 'CONNECTION_LOST';
      return {
        kind: 'PEER_LEFT',
        who,
        peerId,
        joinedAt: timeOf(data['joined_at']) ?? left,
        at: left,
        cause,
      };
    }),
  'peer.join.failure': ({ data }, at) =>
    ofPeer(data, (who, peerId) => ({
      kind: 'JOIN_FAILED',
      who,
      peerId,
      why: JOIN_FAILURES[textOf(data['error_message'])] ?? 'OTHER',
      at,
    })),
  'session.close.success': ({ data }, at) => ({
    kind: 'ROOM_EMPTY',
    at: timeOf(data['session_stopped_at']) ?? at,
  }),
  'room.end.success': ({ data }, at) => ({
    kind: 'ROOM_ENDED',
    by: SIDES[textOf(data['role'])] ?? 'PLATFORM',
    at,
  }),
  'beam.started.success': (_, at) => ({ kind: 'RECORDING_STARTED', at }),
  'beam.recording.success': recorded('ROOM'),
  'recording.success': recorded('ROOM'),
  'track.recording.success': recorded('TRACK'),
  'stream.recording.success': recorded('STREAM'),
  'beam.failure': failed,
  'recording.failed': failed,
};

/** In the order in which they came; the profile does not depend on it. */
export function factsOf(events: readonly VideoEvent[]): VideoFact[] {
  return events.flatMap((event) => {
    const at = timeOf(event.occurredAt) ?? Date.parse(event.receivedAt);
    return MEANINGS[event.type]?.(event, at) ?? [];
  });
}

function ofPeer(
  data: VideoEvent['data'],
  make: (who: Side, peerId: string) => VideoFact,
): VideoFact | undefined {
  const who = SIDES[textOf(data['role'])];
  const peerId = data['peer_id'];
  return who === undefined || typeof peerId !== 'string' ? undefined : make(who, peerId);
}

function recorded(kind: RecordingFile['kind']): Translate {
  return ({ data }, at) => {
    const path = textOf(data['recording_path']);
    if (!PATH.test(path)) return { kind: 'RECORDING_FAILED', error: 'NO_PATH', at };
    const [bytes, seconds] = [Number(data['size'] ?? 0), Number(data['duration'] ?? 0)];
    return { kind: 'RECORDED', file: { kind, path, bytes, durationMs: seconds * 1_000 }, at };
  };
}

function failed({ data }: VideoEvent, at: number): VideoFact {
  const error = textOf(data['error_type']);
  return { kind: 'RECORDING_FAILED', error: CODE.test(error) ? error : 'OTHER', at };
}
