import fc from 'fast-check';
import type { TimerName, ProfileInput } from '../../src/domain/profile/commands';
import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import { deadlines } from '../../src/domain/profile/timers';
import type { Actor, DocumentKind, ProfileStatus } from '../../src/domain/words';
import {
  agent,
  asInput,
  client,
  customer,
  move,
  operations,
  reviewer,
  SHA,
  type Move,
} from './journeys';

/** One random step: numbers only, so that fast-check can shrink a failing run. */
export interface Dice {
  readonly pick: number;
  readonly a: number;
  readonly b: number;
  readonly wait: number;
}

export const dice: fc.Arbitrary<Dice> = fc.record({
  pick: fc.nat(9_999),
  a: fc.nat(999),
  b: fc.nat(999),
  wait: fc.nat(99),
});

const TIMERS: readonly TimerName[] = [
  'captureLink',
  'customerJoin',
  'call',
  'decision',
  'reviewClaim',
];
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
const PEOPLE: readonly Actor[] = [
  client,
  customer,
  operations,
  agent('a1'),
  agent('a2'),
  reviewer('r1'),
  reviewer('r2'),
  reviewer('a1'), // one person with both roles: never on the same profile
  { type: 'SUPERVISOR', id: 's1' },
];
const KINDS: readonly DocumentKind[] = ['PAN_CARD', 'PASSPORT', 'CUSTOMER_PHOTO'];

function of<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

/** Every command, right or wrong, as `a` and `b` fall. Ids are mostly those of the profile. */
function anyMove(s: ProfileState, { a, b }: Dice): readonly Move[] {
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
  const remark = a % 5 === 0 ? {} : { remarkRef: `remark-${b}` };
  const skills = a % 10 === 1 ? ['unknown'] : a % 4 === 0 ? ['nri'] : [];
  const version = a % 8 === 0 ? 'v0' : 'v1';
  const consent = { captureSessionId, version, language: 'en', textSha256: SHA };
  return [
    move('issueLink', client, {}),
    move('openCapture', customer, { linkVersion: s.link.version - (a % 6 === 0 ? 1 : 0) }),
    move('giveConsent', customer, consent),
    move('addDocument', customer, { captureSessionId, ...file }),
    move('submit', customer, { captureSessionId, language: a % 12 === 0 ? 'xx' : 'en', skills }),
    move('joinCall', customer, { captureSessionId }),
    move('joinCall', held, {}),
    move('leaveCall', customer, { captureSessionId }),
    move('leaveCall', held, {}),
    move('endCall', held, {}),
    move('addImage', held, { ...file, kind: 'CALL_CAPTURE' }),
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
      decision: of(['APPROVED', 'REJECTED'] as const, a),
      reason,
      ...(b % 3 > 0 && { overrideReason: 'MAKER_ERROR' }),
      ...remark,
    }),
    move('cancel', of([client, operations, customer], b), { cancelReason: 'CLIENT_REQUEST' }),
    ...PEOPLE.slice(0, 2).map((who) => move('endCall', who, {})),
  ];
}

/** What brings a journey forward from here, so that random runs reach its far end. */
function forward(s: ProfileState, d: Dice): readonly ProfileInput[] {
  const find = (...names: string[]): ProfileInput[] =>
    anyMove(s, { ...d, a: d.a % 2 === 0 ? 31 : d.a })
      .filter((m) => names.includes(m.name))
      .map(asInput);
  const openVerdicts = [
    ...s.documents.filter((x) => x.reviewVerdict === '').map((x) => ({ documentId: x.documentId })),
    ...s.tasks.filter((x) => x.reviewVerdict === '').map((x) => ({ taskId: x.taskId })),
  ].slice(0, 2);
  const who = reviewer(s.review?.reviewerId ?? '');
  const by: { readonly [K in ProfileStatus]?: readonly ProfileInput[] } = {
    CAPTURE_PENDING: find('openCapture'),
    CAPTURE_IN_PROGRESS: find('giveConsent', 'addDocument', 'submit', 'openCapture'),
    SCHEDULED: find('openCapture', 'submit'),
    QUEUED: [deskReply(s, { ...d, a: 1 }), deskReply(s, d)],
    IN_CALL: [
      ...find('joinCall'),
      ...find('joinCall', 'leaveCall', 'setTaskVerdict', 'addTask', 'addImage', 'endCall'),
      ...find('makerDecision'),
    ],
    DECISION_PENDING: find('setTaskVerdict', 'addTask', 'makerDecision'),
    REVIEW_PENDING: find('claimReview'),
    IN_REVIEW: [
      ...find('checkerDecision', 'setReviewVerdict'),
      asInput(
        move('checkerDecision', who, {
          decision: d.a % 3 === 1 ? 'REJECTED' : 'APPROVED',
          reason: 'BIZ_DOC_TAMPERED',
          remarkRef: 'remark-1',
          ...(d.a % 2 === 0 && { overrideReason: 'MAKER_ERROR' }),
        }),
      ),
      ...openVerdicts.map((v) => asInput(move('setReviewVerdict', who, { ...v, verdict: 'PASS' }))),
    ],
  };
  return by[s.status] ?? [];
}

/** The desk proposes, late, repeated, or for an earlier ticket. */
function deskReply(s: ProfileState, { a, b }: Dice): ProfileInput {
  const n = a % 5 === 0 ? Math.max(0, s.ticket - 1) : s.ticket;
  const ticket = { profileId: s.profileId, n };
  if (a % 6 === 2) return { name: 'deskReply', reply: { kind: 'waitExpired', ticket } };
  const offerId = a % 4 === 3 ? (lastAv(s)?.offerId ?? 'o0') : `o${s.seq}.${b}`;
  const agentId = of(['a1', 'a2', 'a3'], b);
  return { name: 'deskReply', reply: { kind: 'assign', ticket, offerId, agentId } };
}

/** Acknowledgements: in order or not, of entries long gone, rooms that fail. */
function settle(s: ProfileState, { a, b }: Dice): ProfileInput {
  const desk = s.outbox.desk.map((e) => e.id);
  const video = s.outbox.video.map((e) => e.id);
  if (a % 9 === 0) return { name: of(['deskSettled', 'videoSettled'] as const, b), id: b };
  if ((a % 2 === 0 && desk.length > 0) || video.length === 0) {
    return { name: 'deskSettled', id: desk[b % 5 === 0 ? desk.length - 1 : 0] ?? 0 };
  }
  const id = video[0] ?? 0;
  if (b % 5 === 0) return { name: 'videoSettled', id, error: 'VideoDown' };
  return { name: 'videoSettled', id, roomId: `room-${id}` };
}

/** The next input and how much time passes before it, ms. */
export function nextStep(s: ProfileState, d: Dice): { input: ProfileInput; later: number } {
  const seconds = d.wait < 70 ? d.wait : d.wait < 90 ? 600 : 7_200;
  const later = seconds * 1_000;
  const way = d.pick % 100;
  if (way < 18) return { input: settle(s, d), later };
  if (way < 22) return { input: deskReply(s, d), later };
  if (way < 26) {
    // A link that expires too often ends most journeys before they began.
    const running = deadlines(s).flatMap(({ timer: t }) => (t === 'captureLink' ? [] : [t]));
    const timer = of(d.a % 3 > 0 && running.length > 0 ? running : TIMERS, d.b);
    return { input: { name: 'timer', timer }, later };
  }
  const likely = forward(s, d);
  if (way < 78 && likely.length > 0) return { input: of(likely, d.b), later };
  return { input: asInput(of(anyMove(s, d), Math.floor(d.pick / 100))), later };
}

/** The moment at which a timer is due, to fire it early, at its deadline or late. */
export function dueAt(s: ProfileState, timer: TimerName): number | undefined {
  return deadlines(s).find((deadline) => deadline.timer === timer)?.at;
}
