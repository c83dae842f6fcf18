import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import { CAPTURE_FAILURES, type Actor, type DocumentKind } from '../../src/domain/words';
import { agent, client, customer, move, operations, reviewer, SHA, type Move } from './journeys';

/** One random step: numbers only, so that fast-check can shrink a failing run. */
export interface Dice {
  readonly pick: number;
  readonly a: number;
  readonly b: number;
  readonly wait: number;
}

const REASONS = [
  'BIZ_FACE_NOT_VISIBLE',
  'TECH_CALL_DROPPED_CUSTOMER',
  'BIZ_PAN_IMAGE_NOT_CLEAR',
  'BIZ_PAN_NOT_AVAILABLE',
  'BIZ_NEGATIVE_LIST_HIT',
  'BIZ_NAME_MISMATCH_PAN_AADHAAR',
  'BIZ_DOC_TAMPERED',
  'NOT_A_REASON',
  '',
] as const;
const supervisor: Actor = { type: 'SUPERVISOR', id: 's1' };
const PEOPLE: readonly Actor[] = [
  client,
  customer,
  operations,
  agent('a1'),
  agent('a2'),
  reviewer('r1'),
  reviewer('r2'),
  reviewer('a1'), // one person with both roles: never on the same profile
  supervisor,
];
const KINDS: readonly DocumentKind[] = ['PAN_CARD', 'PASSPORT', 'CUSTOMER_PHOTO'];

export function of<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

/** Every command, right or wrong, as `a` and `b` fall. Ids are mostly those of the profile. */
export function anyMove(s: ProfileState, { a, b }: Dice): readonly Move[] {
  const av = lastAv(s);
  const captureSessionId = a % 9 === 0 ? 'gone' : s.captureSessionId;
  const held = a % 11 === 0 ? of(PEOPLE, b) : agent(av?.agentId ?? 'a1');
  const checker =
    a % 7 === 0 ? of(PEOPLE, b) : reviewer(s.review?.reviewerId ?? of(['r1', 'r2', 'a1'], b));
  const taskId = a % 13 === 0 ? 'no-such-task' : of([...s.tasks.map((t) => t.taskId), 'none'], b);
  const documentId = of([...s.documents.map((d) => d.documentId), 'none'], b);
  const verdict = of(['PASS', 'FAIL', 'NA'] as const, b);
  const file = {
    kind: of(KINDS, a),
    blobRef: `blob-${b}`,
    sha256: SHA,
    bytes: b,
    mediaType: 'image/png',
  };
  const reason = of(REASONS, b);
  const asked = s.captureRequests?.at(-1)?.requestId ?? 'none';
  const requestId = a % 13 === 1 ? 'no-such-request' : asked;
  const { kind, ...image } = file;
  const remark = a % 5 === 0 ? {} : { remarkRef: `remark-${b}` };
  const skills = a % 10 === 1 ? ['unknown'] : a % 4 === 0 ? ['nri'] : [];
  const version = a % 3 === 0 ? 'v0' : 'v1';
  const consent = { captureSessionId, version, language: 'en', textSha256: SHA };
  return [
    move('issueLink', client, {}),
    move('openCapture', customer, { linkVersion: s.link.version - (a % 6 === 0 ? 1 : 0) }),
    move('giveConsent', customer, consent),
    move('addDocument', customer, { captureSessionId, ...file }),
    move('submit', customer, { captureSessionId, language: a % 12 === 0 ? 'xx' : 'en', skills }),
    move('changeLanguage', customer, { captureSessionId, language: of(['hi', 'en', 'xx'], b) }),
    move('reroute', a % 5 === 0 ? customer : supervisor, {
      ...(a % 2 === 0 && { queueId: of(['q-en', 'q-hi', 'q-none'], b) }),
      ...(a % 3 === 0 && { priority: b % 10 }),
      why: 'COMPLAINT',
    }),
    move('joinCall', customer, { captureSessionId }),
    move('joinCall', held, {}),
    move('leaveCall', customer, {
      captureSessionId,
      cause: of(['LEFT', 'CONNECTION_LOST'] as const, b),
    }),
    move('leaveCall', held, {}),
    move('bookSlot', customer, {
      captureSessionId,
      at: s.statusSince + of([3_600_000, 0, 86_400_000], b),
    }),
    move('hold', of([supervisor, client, customer], b), {}),
    move('release', of([supervisor, client, customer], b), {}),
    move('assignReview', of([supervisor, reviewer('r1')], a), {
      reviewerId: of(['r1', 'r2', 'r3', 'a1'], b),
    }),
    move('endCall', held, {}),
    move('startRecording', held, {}),
    move('releaseCall', of([supervisor, client], a), { why: 'STUCK' }),
    move('addImage', held, { ...file, kind: 'CALL_CAPTURE' }),
    move('requestCapture', held, { taskId, kind }),
    move('answerCapture', customer, { captureSessionId, requestId, ...image }),
    move('failCapture', customer, { captureSessionId, requestId, why: of(CAPTURE_FAILURES, b) }),
    move('addTask', held, {
      title: 'more',
      mandatory: false,
      check: { kind: 'DETAIL', field: 'dob' },
    }),
    move('setTaskVerdict', held, { taskId, verdict }),
    move('setTaskVerdict', held, { taskId, verdict }),
    move('makerDecision', held, { decision: 'APPROVED', ...remark }),
    move('makerDecision', held, { decision: 'REJECTED', reason, ...remark }),
    move('makerDecision', held, { decision: 'UTV', reason }),
    move('claimReview', checker, {}),
    move('releaseReview', checker, {}),
    move('setReviewVerdict', checker, { documentId, verdict }),
    move('setReviewVerdict', checker, { taskId, verdict }),
    move('checkerDecision', checker, {
      decision: of(['APPROVED', 'REJECTED', 'SENT_BACK'] as const, a),
      reason,
      ...(b % 2 > 0 && { sendBackTo: of(['MAKER', 'NEW_CALL', 'RECAPTURE'] as const, b) }),
      ...(b % 3 > 0 && { overrideReason: 'MAKER_ERROR' }),
      ...remark,
    }),
    move('cancel', of([client, operations, customer], b), { cancelReason: 'CLIENT_REQUEST' }),
    ...PEOPLE.slice(0, 2).map((who) => move('endCall', who, {})),
  ];
}
