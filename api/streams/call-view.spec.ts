import { agent, asInput, callMoves, captureMoves, move } from '../../test/support/journeys';
import { Profile } from '../../test/support/profile-under-test';
import { callView, captureRequestsOf } from './call-view';

/** Both talk, and the agent has asked twice. */
function asked(): { profile: Profile; av: string } {
  const profile = new Profile();
  const { profileId } = profile.state;
  const av = `${profileId}.1`;
  const ask = asInput(
    move('requestCapture', agent('a1'), { taskId: `${av}.t1`, kind: 'PAN_CARD' }),
  );
  profile.take(...captureMoves(profileId).map(asInput)).assign();
  profile.video({ roomId: 'room-1' }).take(...callMoves(profileId, 'a1').map(asInput), ask, ask);
  return { profile, av };
}

it('tells the open request until when, and what became of the one before', () => {
  const { profile, av } = asked();
  const view = callView(profile.state, av);
  expect(view).toMatchObject({ room: 'OPEN', customerIn: true, agentIn: true, endedAt: '' });
  expect(view?.captureRequest).toEqual({
    requestId: `${av}.r2`,
    avSessionId: av,
    taskId: `${av}.t1`,
    kind: 'PAN_CARD',
    askedAt: new Date(profile.at).toISOString(),
    expiresAt: new Date(profile.at + 60_000).toISOString(),
    state: 'OPEN',
    why: '',
    documentId: '',
  });
  expect(view?.lastCaptureRequest).toMatchObject({ requestId: `${av}.r1`, why: 'REPLACED' });
});

it('tells of one call only, and of its end', () => {
  const { profile, av } = asked();
  const decision = { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE' } as const;
  profile.take(asInput(move('makerDecision', agent('a1'), decision))).assign();
  const next = profile.state.avSessions.at(-1)?.avSessionId ?? '';
  expect(callView(profile.state, next)).toMatchObject({
    endedAt: '',
    captureRequest: null,
    lastCaptureRequest: null,
  });
  expect(callView(profile.state, av)?.endedAt).not.toBe('');
  expect(captureRequestsOf(profile.state, av).map(({ state }) => state)).toEqual([
    'WITHDRAWN',
    'WITHDRAWN',
  ]);
  expect(callView(profile.state, `${av}9`)).toBeUndefined();
});
