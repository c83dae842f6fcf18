import { APPROVES, PLAIN, rejects, STAYS_AWAY, utv, type Outcome } from './outcome';

const REJECTED = { ...PLAIN, status: 'REJECTED' } as const;
const UTV = { ...PLAIN, status: 'UNABLE_TO_VERIFY' } as const;
const EXPIRED = {
  ...PLAIN,
  status: 'EXPIRED',
  reason: 'TECH_LINK_EXPIRED',
  comesBack: false,
  byTimer: true,
  ownPolicy: true,
} as const;

/** Ways that end REJECTED, UNABLE_TO_VERIFY or EXPIRED. */
export const REFUSED_WAYS: readonly Outcome[] = [
  {
    ...REJECTED,
    name: 'rejected',
    shareOfDay: 1,
    reason: 'BIZ_DOC_TAMPERED',
    calls: [rejects('BIZ_DOC_TAMPERED')],
    checks: [{ decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED' }],
  },
  {
    ...REJECTED,
    name: 'rejected against the maker',
    shareOfDay: 1,
    reason: 'BIZ_SPOOF_SUSPECTED',
    calls: [APPROVES],
    checks: [
      {
        decision: 'REJECTED',
        reason: 'BIZ_SPOOF_SUSPECTED',
        overrideReason: 'EVIDENCE_INSUFFICIENT',
      },
    ],
  },
  {
    ...REJECTED,
    name: 'sent back to the maker and for new captures, rejected',
    reason: 'BIZ_FACE_MISMATCH',
    calls: [APPROVES, rejects('BIZ_FACE_MISMATCH')],
    checks: [
      { decision: 'SENT_BACK', sendBackTo: 'MAKER', reason: 'BIZ_FACE_NOT_VISIBLE' },
      { decision: 'SENT_BACK', sendBackTo: 'RECAPTURE', reason: 'BIZ_CUSTOMER_IMAGE_NOT_CLEAR' },
      { decision: 'REJECTED', reason: 'BIZ_FACE_MISMATCH' },
    ],
    shows: ['checker.decided MAKER', 'maker.asked-again', 'checker.decided RECAPTURE'],
  },
  {
    ...UTV,
    name: 'unable to verify at once',
    shareOfDay: 1,
    reason: 'BIZ_NAME_MISMATCH_PAN_AADHAAR',
    calls: [utv('BIZ_NAME_MISMATCH_PAN_AADHAAR')],
    shows: ['maker.decided END'],
  },
  {
    ...UTV,
    name: 'unable to verify in all his attempts',
    reason: 'BIZ_INSUFFICIENT_LIGHTING',
    calls: [1, 2, 3].map(() => utv('BIZ_INSUFFICIENT_LIGHTING')),
    shows: ['maker.decided REQUEUE', 'maker.decided END'],
  },
  {
    ...UTV,
    name: 'unable to verify in all our attempts',
    reason: 'TECH_CALL_DROPPED_AGENT',
    calls: [1, 2, 3, 4, 5].map(() => utv('TECH_CALL_DROPPED_AGENT')),
    shows: ['maker.decided REQUEUE_HEAD', 'maker.decided END'],
  },
  {
    ...EXPIRED,
    name: 'link never opened',
    capture: 'NEVER_OPENS',
    shows: ['profile.finished CAPTURE_PENDING'],
  },
  {
    ...EXPIRED,
    name: 'left while capturing',
    capture: 'WALKS_AWAY',
    shows: ['profile.finished CAPTURE_IN_PROGRESS'],
  },
  {
    ...EXPIRED,
    name: 'never joined a call',
    calls: [STAYS_AWAY],
    shows: ['av.ended NO_SHOW', 'profile.finished SCHEDULED'],
  },
];
