import fc from 'fast-check';
import type { ProfileInput, SignalName, TimerName } from '../../src/domain/profile/commands';
import { openRequest } from '../../src/domain/profile/capture-requests';
import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import { deadlines } from '../../src/domain/profile/timers';
import type { ProfileStatus } from '../../src/domain/words';
import { agent, asInput, customer, move, reviewer, SHA } from './journeys';
import { anyMove, of, type Dice } from './profile-moves';
import { providerTells } from './video-facts';

export const dice: fc.Arbitrary<Dice> = fc.record({
  pick: fc.nat(9_999),
  a: fc.nat(999),
  b: fc.nat(999),
  wait: fc.nat(99),
});

const TIMERS: readonly TimerName[] = [
  'captureLink',
  'customerJoin',
  'disconnectGrace',
  'decisionReminder',
  'decisionEscalation',
  'slot',
  'hold',
  'call',
  'captureRequest',
  'decision',
  'reviewClaim',
  'recording',
];

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
  // By chance few of the requests in a call would come to an end of their own.
  if (openRequest(s) && d.a % 2 === 0) {
    const ends = find('answerCapture', 'failCapture');
    return [...ends, { name: 'timer', timer: 'captureRequest' }];
  }
  const by: { readonly [K in ProfileStatus]?: readonly ProfileInput[] } = {
    CAPTURE_PENDING: find('openCapture'),
    CAPTURE_IN_PROGRESS: find('giveConsent', 'addDocument', 'submit', 'openCapture'),
    SCHEDULED: find('openCapture', 'submit', 'bookSlot'),
    ON_HOLD: [...find('release'), ...due(s)],
    QUEUED: [
      deskReply(s, { ...d, a: 1 }),
      deskReply(s, d),
      ...(d.b % 5 === 0 ? find('changeLanguage') : []),
      ...(d.b % 4 === 2 && s.openings ? [inHindi(s)] : []),
    ],
    IN_CALL: [
      ...find('joinCall'),
      ...find('joinCall', 'leaveCall', 'setTaskVerdict', 'addTask', 'addImage', 'endCall'),
      ...find('makerDecision'),
      ...find('requestCapture', 'startRecording'),
    ],
    DECISION_PENDING: [
      signal(s, d),
      ...find('setTaskVerdict', 'addTask', 'makerDecision'),
      ...due(s),
    ],
    REVIEW_PENDING: [
      ...find('claimReview'),
      ...find('claimReview'),
      // The maker himself, who must never get it.
      asInput(move('claimReview', reviewer(lastAv(s)?.agentId ?? 'a1'), {})),
      signal(s, d),
    ],
    IN_REVIEW: [
      signal(s, d),
      ...find('checkerDecision', 'setReviewVerdict'),
      asInput(
        move('checkerDecision', who, {
          decision: d.a % 3 === 1 ? 'REJECTED' : 'APPROVED',
          reason: 'BIZ_DOC_TAMPERED',
          remarkRef: 'remark-1',
          ...(d.a % 2 === 0 && { overrideReason: 'MAKER_ERROR' }),
        }),
      ),
      asInput(
        move('checkerDecision', who, {
          decision: 'SENT_BACK',
          reason: 'BIZ_PAN_IMAGE_NOT_CLEAR',
          remarkRef: 'remark-1',
          ...(d.b % 5 > 0 && { sendBackTo: of(['MAKER', 'NEW_CALL', 'RECAPTURE'] as const, d.b) }),
        }),
      ),
      ...openVerdicts.map((v) => asInput(move('setReviewVerdict', who, { ...v, verdict: 'PASS' }))),
    ],
  };
  return by[s.status] ?? [];
}

/** Into the queue that is closed half of the time. */
function inHindi({ captureSessionId }: ProfileState): ProfileInput {
  return asInput(move('changeLanguage', customer, { captureSessionId, language: 'hi' }));
}

/** The ends of the waits that run now; `runProfile` lets them be due. */
function due(s: ProfileState): ProfileInput[] {
  return deadlines(s).map(({ timer }) => ({ name: 'timer', timer }));
}

/** The desk proposes, late, repeated, or for an earlier ticket. */
function deskReply(s: ProfileState, { a, b }: Dice): ProfileInput {
  const n = a % 5 === 0 ? Math.max(0, s.ticket - 1) : s.ticket;
  const ticket = { profileId: s.profileId, n };
  if (a % 6 === 2) {
    const why = of(['FULL', 'CLOSED', 'AWAY', undefined] as const, b);
    return { name: 'deskReply', reply: { kind: 'waitExpired', ticket, ...(why && { why }) } };
  }
  if (a % 17 === 0) return { name: 'deskReply', reply: { kind: 'ask', ticket } };
  const offerId = a % 4 === 3 ? (lastAv(s)?.offerId ?? 'o0') : `o${s.seq}.${b}`;
  const agentId = of(['a1', 'a2', 'a3'], b);
  return { name: 'deskReply', reply: { kind: 'assign', ticket, offerId, agentId } };
}

const SIGNALS: readonly SignalName[] = ['makerDecision', 'checkerDecision', 'cancel'];

/** A decision by signal, with a token that may be forged, used, foreign or of the wrong person. */
function signal(s: ProfileState, { a, b }: Dice): ProfileInput {
  const actor = of([agent(lastAv(s)?.agentId ?? 'a1'), reviewer(s.review?.reviewerId ?? 'r1')], a);
  const ids = { ouid: s.ouid, profileId: a % 7 === 0 ? 'another' : s.profileId };
  const token =
    a % 5 === 0
      ? { ok: false as const, why: of(['TOKEN_EXPIRED', 'TOKEN_INVALID'] as const, b) }
      : {
          ok: true as const,
          ...ids,
          actor,
          signal: of(SIGNALS, a % 13 === 0 ? b + 1 : b),
          jti: a % 2 === 0 ? (s.usedTokens[0] ?? 'j0') : `j${b}`,
        };
  const decision = of(['APPROVED', 'REJECTED', 'UTV', 'MAYBE'], b);
  const input = { decision, reason: 'BIZ_FACE_NOT_VISIBLE', remarkRef: `remarks/${SHA}` };
  return {
    name: 'signal',
    signal: of(SIGNALS, b),
    token,
    input,
  };
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
  const records = {
    ...(b % 2 === 0 && { records: true }),
    ...(b % 4 === 0 && { recordsOnRequest: true }),
  };
  return { name: 'videoSettled', id, roomId: `room-${id}`, ...records };
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
  if (way === 26 && s.openings) {
    const openings = { ...s.openings, until: s.openings.until + later };
    return { input: { name: 'openings', openings }, later };
  }
  const likely = forward(s, d);
  if (way < 78 && likely.length > 0) return { input: of(likely, d.b), later };
  if (way > 97) return { input: signal(s, d), later };
  if (way > 91) return { input: providerTells(s, d), later };
  return { input: asInput(of(anyMove(s, d), Math.floor(d.pick / 100))), later };
}

/** The moment at which a timer is due, to fire it early, at its deadline or late. */
export function dueAt(s: ProfileState, timer: TimerName): number | undefined {
  return deadlines(s).find((deadline) => deadline.timer === timer)?.at;
}
