import {
  agent,
  asInput,
  callMoves,
  captureMoves,
  customer,
  move,
  policy,
  profileStart,
  SHA,
} from '../../../test/support/journeys';
import { Profile } from '../../../test/support/profile-under-test';
import type { ProfileCommands, ProfileInput } from './commands';
import { deadlines } from './timers';

const { profileId } = profileStart();
const av = `${profileId}.1`;
const captureSessionId = `${profileId}.c1`;
const requestId = `${av}.r1`;

const ask = (patch: object = {}, who = 'a1'): ProfileInput =>
  asInput(move('requestCapture', agent(who), { taskId: `${av}.t1`, kind: 'PAN_CARD', ...patch }));
const answer = (patch: Partial<ProfileCommands['answerCapture']> = {}): ProfileInput =>
  asInput(
    move('answerCapture', customer, {
      captureSessionId,
      requestId,
      blobRef: 'blob-2',
      sha256: SHA,
      bytes: 4_000,
      mediaType: 'image/jpeg',
      ...patch,
    }),
  );
const fail = (patch: object = {}): ProfileInput =>
  asInput(
    move('failCapture', customer, { captureSessionId, requestId, why: 'NO_CAMERA', ...patch }),
  );

/** Both are in the call. */
function talking(patch: ConstructorParameters<typeof Profile>[0] = {}): Profile {
  return new Profile(patch)
    .take(...captureMoves(profileId).map(asInput))
    .assign()
    .video({ roomId: 'room-1' })
    .take(...callMoves(profileId, 'a1').map(asInput));
}

const told = ({ rows }: Profile) =>
  rows
    .filter(({ eventType }) => eventType.startsWith('capture-request.'))
    .map(({ eventType, details }) => [eventType.split('.')[1], details['requestId']]);

it('stores what the customer sends as a document of its kind and task', () => {
  const profile = talking().take(ask(), answer());
  const [older, newer] = profile.state.documents;
  expect(older).toMatchObject({ kind: 'PAN_CARD', replaced: true });
  expect(newer).toMatchObject({
    documentId: `${profileId}.d2`,
    kind: 'PAN_CARD',
    source: 'CUSTOMER',
    taskId: `${av}.t1`,
    replaced: false,
  });
  expect(profile.rows.slice(-3)).toMatchObject([
    { eventType: 'capture-request.asked', taskId: `${av}.t1`, actorType: 'AGENT' },
    { eventType: 'document.received', taskId: `${av}.t1`, documentId: `${profileId}.d2` },
    {
      eventType: 'capture-request.answered',
      avSessionId: av,
      agentId: 'a1',
      taskId: `${av}.t1`,
      documentId: `${profileId}.d2`,
      durationMs: 1_000,
      details: { requestId, kind: 'PAN_CARD', sha256: SHA, bytes: 4_000 },
    },
  ]);
});

it('stores the same bytes once, and refuses others after the answer', () => {
  const profile = talking().take(ask(), answer());
  const { seq } = profile.state;
  profile.take(answer({ blobRef: 'blob-3' }));
  expect(profile.state.documents).toHaveLength(2);
  expect(profile.state.seq).toBe(seq);
  expect(profile.refusal(answer({ sha256: 'd'.repeat(64) }))).toBe('CAPTURE_REQUEST_GONE');
  expect(profile.refusal(fail())).toBe('CAPTURE_REQUEST_GONE');
});

it('asks in an open call only, its own agent, for one of its tasks', () => {
  const profile = talking();
  expect(profile.refusal(ask({}, 'a2'))).toBe('NOT_ASSIGNED');
  expect(profile.refusal(ask({ taskId: 'none' }))).toBe('TASK_UNKNOWN');
  expect(profile.refusal(ask({ avSessionId: `${profileId}.2` }))).toBe('CALL_NOT_OPEN');
  profile.take(asInput(move('endCall', agent('a1'), {})));
  expect(profile.state.status).toBe('DECISION_PENDING');
  expect(profile.refusal(ask())).toBe('CALL_NOT_OPEN');
});

it('does not ask for a document that could not be kept', () => {
  const full = policy({}, { maxDocuments: 1 });
  expect(talking({ policy: full }).refusal(ask())).toBe('DOCUMENT_LIMIT');
});

it('takes the answer of the login that is open, to the request that is open', () => {
  const profile = talking();
  expect(profile.refusal(answer())).toBe('CAPTURE_REQUEST_GONE');
  profile.take(ask());
  expect(profile.refusal(answer({ captureSessionId: 'gone' }))).toBe('CAPTURE_SESSION_CLOSED');
  expect(profile.refusal(fail({ captureSessionId: 'gone' }))).toBe('CAPTURE_SESSION_CLOSED');
  expect(profile.refusal(answer({ requestId: `${av}.r2` }))).toBe('CAPTURE_REQUEST_GONE');
});

it('puts a new request in the place of the open one', () => {
  const profile = talking().take(ask(), ask({ kind: 'PASSPORT' }));
  expect(told(profile)).toEqual([
    ['asked', requestId],
    ['withdrawn', requestId],
    ['asked', `${av}.r2`],
  ]);
  expect(profile.refusal(answer())).toBe('CAPTURE_REQUEST_GONE');
  profile.take(answer({ requestId: `${av}.r2` }));
  expect(profile.state.documents.at(-1)?.kind).toBe('PASSPORT');
});

it('is told what the customer’s client cannot do, and may ask again', () => {
  const profile = talking().take(ask(), fail(), ask());
  expect(told(profile)).toEqual([
    ['asked', requestId],
    ['failed', requestId],
    ['asked', `${av}.r2`],
  ]);
  expect(profile.state.captureRequests?.[0]).toMatchObject({ state: 'FAILED', why: 'NO_CAMERA' });
});

it.each([
  [undefined, 60_000],
  [5_000, 5_000],
])('ends after its time (policy: %s)', (captureRequest, ms) => {
  const timers = captureRequest === undefined ? {} : { captureRequest };
  const profile = talking({ policy: policy(timers) }).take(ask());
  const { at } = profile;
  const ends = deadlines(profile.state).find(({ timer }) => timer === 'captureRequest');
  expect(ends?.at).toBe(at + ms);
  profile.at = at + ms - 2_000;
  profile.take({ name: 'timer', timer: 'captureRequest' });
  expect(told(profile)).toHaveLength(1);
  profile.take({ name: 'timer', timer: 'captureRequest' });
  expect(profile.rows.at(-1)).toMatchObject({
    eventType: 'capture-request.expired',
    durationMs: ms,
    taskId: `${av}.t1`,
  });
  expect(deadlines(profile.state).map(({ timer }) => timer)).not.toContain('captureRequest');
  expect(profile.refusal(answer())).toBe('CAPTURE_REQUEST_GONE');
});

it('ends with the call, whoever ends it', () => {
  const ends: ProfileInput[] = [
    asInput(move('endCall', agent('a1'), {})),
    asInput(move('leaveCall', customer, { captureSessionId })),
    asInput(move('hold', { type: 'SUPERVISOR', id: 's1' }, {})),
    asInput(move('cancel', { type: 'CLIENT', id: 'key1' }, { cancelReason: 'CLIENT_REQUEST' })),
  ];
  for (const end of ends) {
    const profile = talking().take(ask(), end);
    expect(told(profile).at(-1)).toEqual(['withdrawn', requestId]);
    expect(profile.state.captureRequests?.at(-1)?.why).toBe('CALL_ENDED');
  }
});

it('numbers anew in the next call, and keeps twenty', () => {
  const again = asInput(
    move('makerDecision', agent('a1'), { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE' }),
  );
  const profile = talking().take(ask(), again).assign();
  const { avSessionId = '' } = profile.state.avSessions.at(-1) ?? {};
  const next = ask({ taskId: `${avSessionId}.t1` });
  profile.take(next);
  expect(profile.state.captureRequests?.at(-1)?.requestId).toBe(`${avSessionId}.r1`);
  profile.take(...Array.from({ length: 24 }, () => next));
  expect(profile.state.captureRequests).toHaveLength(20);
  expect(profile.state.captureRequests?.at(-1)?.requestId).toBe(`${avSessionId}.r25`);
});
