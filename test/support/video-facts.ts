import type { ProfileInput } from '../../src/domain/profile/commands';
import type { ProfileState } from '../../src/domain/profile/state';
import type { Side, VideoFact } from '../../src/domain/video/facts';
import { of, type Dice } from './profile-moves';

const SIDES: readonly Side[] = ['CUSTOMER', 'AGENT'];
const CAUSES = ['CLIENT_REQUEST', 'REMOVED', 'CONNECTION_LOST'] as const;
const ENDERS = ['AGENT', 'CUSTOMER', 'PLATFORM'] as const;

/** What the provider tells: late, of connections nobody knows, of calls long over or of none of ours. */
export function providerTells(s: ProfileState, { a, b, wait }: Dice): ProfileInput {
  const calls = s.avSessions.map((av) => av.avSessionId);
  const avSessionId =
    a % 19 === 0 ? `${s.profileId}.99` : (of([...calls, calls.at(-1)], b) ?? 'none');
  const who = of(SIDES, b);
  const peerId = `peer-${a % 6}`;
  const at = s.statusSince + (wait - 30) * 1_000;
  const file = {
    kind: of(['ROOM', 'ROOM', 'TRACK', 'STREAM'] as const, b),
    path: `s3://bucket/${a % 5}.mp4`,
    bytes: b * 1_000,
    durationMs: a * 1_000,
  };
  const facts: readonly VideoFact[] = [
    { kind: 'PEER_JOINED', who, peerId, at },
    { kind: 'PEER_JOINED', who, peerId, at },
    { kind: 'PEER_LEFT', who, peerId, joinedAt: at - 5_000, at, cause: of(CAUSES, a) },
    { kind: 'PEER_LEFT', who, peerId, joinedAt: at - 5_000, at, cause: of(CAUSES, a) },
    { kind: 'ROOM_EMPTY', at },
    { kind: 'ROOM_ENDED', by: of(ENDERS, a), at },
    { kind: 'JOIN_FAILED', who, peerId: `${peerId}-f`, why: 'NETWORK', at },
    { kind: 'RECORDING_STARTED', at },
    { kind: 'RECORDED', file, at },
    { kind: 'RECORDING_FAILED', error: 'UPLOAD_ERROR', at },
  ];
  const first = of(facts, a + b);
  return { name: 'videoFacts', avSessionId, facts: a % 4 === 0 ? [first, of(facts, a)] : [first] };
}
