import { agent, asInput, customer, move } from '../../../test/support/journeys';
import {
  bothJoin as join,
  inRoom as inRoomThat,
  type Profile,
} from '../../../test/support/profile-under-test';
import type { VideoFact } from '../video/facts';
import { lastAv } from './state';
import { deadlines } from './timers';

const inRoom = (records = true): Profile => inRoomThat({ records });
const tell = (p: Profile, ...facts: VideoFact[]): Profile =>
  p.take({ name: 'videoFacts', avSessionId: lastAv(p.state)?.avSessionId ?? '', facts });
const types = (p: Profile, from: number): string[] => p.rows.slice(from).map((r) => r.eventType);

const joined = (peerId: string, at: number, who: 'AGENT' | 'CUSTOMER' = 'CUSTOMER'): VideoFact => ({
  kind: 'PEER_JOINED',
  who,
  peerId,
  at,
});
const left = (peerId: string, joinedAt: number, at: number): VideoFact => ({
  kind: 'PEER_LEFT',
  who: 'CUSTOMER',
  peerId,
  joinedAt,
  at,
  cause: 'CONNECTION_LOST',
});
const file = { kind: 'ROOM', path: 's3://b/1.mp4', bytes: 9_000_000, durationMs: 60_000 } as const;

describe('presence as the provider saw it', () => {
  it('brings in who had not told us, and begins the call', () => {
    const p = inRoom();
    const from = p.rows.length;
    tell(p, joined('c', p.at), joined('a', p.at, 'AGENT'));
    expect(types(p, from)).toEqual([
      'av.peer-joined',
      'av.joined',
      'av.peer-joined',
      'av.joined',
      'av.started',
    ]);
  });

  it('takes who lost his last connection for gone, and has him dropped after the grace time', () => {
    const p = join(inRoom());
    const at = p.at;
    tell(p, joined('c', at), left('c', at, at + 20_000));
    expect(lastAv(p.state)).toMatchObject({ customerIn: false, gone: { who: 'CUSTOMER' } });
    p.at += 60_000;
    p.take({ name: 'timer', timer: 'disconnectGrace' });
    expect(p.state.status).toBe('QUEUED');
    expect(lastAv(p.state)).toMatchObject({
      endWhy: 'DROPPED',
      systemCause: 'TECH_CALL_DROPPED_CUSTOMER',
    });
  });

  it('knows the late end of an old connection from the end of the last one', () => {
    const p = join(inRoom());
    const at = p.at;
    tell(p, joined('c1', at));
    p.at += 30_000;
    // He reloaded the page: a new join, whose own news was lost.
    p.take(asInput(move('joinCall', customer, { captureSessionId: p.state.captureSessionId })));
    tell(p, left('c1', at, p.at + 20_000));
    expect(lastAv(p.state)).toMatchObject({ customerIn: true, gone: undefined });
  });

  it('is the same when the end of a connection comes before its beginning', () => {
    const p = join(inRoom());
    tell(p, left('c', p.at, p.at + 5_000), joined('c', p.at));
    expect(lastAv(p.state)).toMatchObject({ customerIn: false });
    expect(lastAv(p.state)?.peers).toHaveLength(1);
  });

  it('does not bring back who has left since', () => {
    const p = join(inRoom());
    const at = p.at;
    p.take(asInput(move('leaveCall', agent('a1'), {})));
    tell(p, joined('a', at, 'AGENT'));
    expect(lastAv(p.state)?.agentIn).toBe(false);
    tell(p, joined('a2', p.at + 1_000, 'AGENT'));
    expect(lastAv(p.state)?.agentIn).toBe(true);
  });

  it('ends the call that was ended in the room', () => {
    const p = join(inRoom());
    tell(p, { kind: 'ROOM_ENDED', by: 'AGENT', at: p.at });
    expect([p.state.status, lastAv(p.state)?.endWhy]).toEqual(['DECISION_PENDING', 'AGENT_ENDED']);
  });

  it('says next to the agent’s word that the customer was gone when he hung up', () => {
    const p = join(inRoom());
    tell(p, joined('c', p.at), left('c', p.at, p.at + 5_000));
    p.take(asInput(move('endCall', agent('a1'), {})));
    expect(p.rows.at(-1)?.details['av']).toMatchObject({
      systemCause: 'TECH_CALL_DROPPED_CUSTOMER',
    });
  });
});

describe('a recording', () => {
  const ended = (records = true): Profile => {
    const p = join(inRoom(records));
    p.at += 60_000;
    return p.take(asInput(move('endCall', agent('a1'), {})));
  };
  const state = (p: Profile) => lastAv(p.state)?.recording;

  it('is not waited for where nothing records, or nobody talked', () => {
    expect(state(ended(false))).toBeUndefined();
    const alone = inRoom().take(asInput(move('joinCall', agent('a1'), {})));
    alone.take(asInput(move('endCall', agent('a1'), {})));
    expect(state(alone)).toBeUndefined();
  });

  it('is found', () => {
    const p = tell(
      ended(),
      { kind: 'RECORDING_STARTED', at: 0 },
      { kind: 'RECORDED', file, at: 0 },
    );
    expect(state(p)).toEqual({ state: 'RECORDED', files: [file], doubts: [] });
    expect(deadlines(p.state).some(({ timer }) => timer === 'recording')).toBe(false);
  });

  it.each([
    ['SEVERAL_FILES', [file, { ...file, path: 's3://b/2.mp4' }]],
    ['TOO_SHORT', [{ ...file, durationMs: 20_000 }]],
    ['TOO_SMALL', [{ ...file, bytes: 200_000 }]],
  ] as const)('is marked for the checker: %s', (doubt, files) => {
    const p = ended();
    for (const one of files) tell(p, { kind: 'RECORDED', file: one, at: 0 });
    expect(state(p)?.doubts).toEqual([doubt]);
  });

  it('failed, and is found after all', () => {
    const p = tell(ended(), { kind: 'RECORDING_FAILED', error: 'UPLOAD_ERROR', at: 0 });
    expect(state(p)).toEqual({ state: 'FAILED', files: [], doubts: ['NO_FILE'] });
    tell(p, { kind: 'RECORDED', file, at: 0 });
    expect(state(p)).toMatchObject({ state: 'RECORDED', doubts: [] });
  });

  it('is given up in time, and the case is not closed before', () => {
    const p = ended();
    const due = deadlines(p.state).find(({ timer }) => timer === 'recording')?.at ?? 0;
    p.take(
      asInput(move('cancel', { type: 'CLIENT', id: 'k' }, { cancelReason: 'CLIENT_REQUEST' })),
    );
    while (p.state.outbox.desk[0]) p.take({ name: 'deskSettled', id: p.state.outbox.desk[0].id });
    while (p.state.outbox.video[0]) p.video({ roomId: 'room-1' });
    expect([p.state.status, p.state.closed]).toEqual(['CANCELLED', false]);
    p.at = due - 2_000;
    p.take({ name: 'timer', timer: 'recording' });
    expect(p.state.closed).toBe(false);
    p.at = due;
    p.take({ name: 'timer', timer: 'recording' });
    expect(p.rows.slice(-2).map((r) => r.eventType)).toEqual([
      'av.recording-missing',
      'profile.closed',
    ]);
    expect(state(p)).toEqual({ state: 'MISSING', files: [], doubts: ['NO_FILE'] });
  });

  it('just in time is found, and nothing is given up', () => {
    const p = ended();
    p.at = (deadlines(p.state).find(({ timer }) => timer === 'recording')?.at ?? 0) - 1_000;
    tell(p, { kind: 'RECORDED', file, at: 0 });
    p.take({ name: 'timer', timer: 'recording' });
    expect(state(p)?.state).toBe('RECORDED');
  });
});
