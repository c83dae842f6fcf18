import { APPROVES, PLAIN, rejects, STAYS_AWAY, utv, type Outcome } from './outcome';

const APPROVED = {
  ...PLAIN,
  status: 'APPROVED',
  calls: [APPROVES],
  checks: [{ decision: 'APPROVED' }],
} as const satisfies Partial<Outcome>;

/** Ways that end APPROVED, from the straight one to those with every turn a case can take. */
export const APPROVED_WAYS: readonly Outcome[] = [
  { ...APPROVED, name: 'approved', shareOfDay: 12 },
  {
    ...APPROVED,
    name: 'connections lost and found, approved',
    calls: [{ ...APPROVES, lost: { customer: 'BACK', agent: 'BACK' } }],
    shows: ['av.left CONNECTION_LOST', 'av.left AGENT', '!av.ended DROPPED'],
  },
  {
    ...APPROVED,
    name: 'dropped on both sides, then approved',
    calls: [
      { customer: 'JOINS', lost: { customer: 'GONE' } },
      { customer: 'JOINS', lost: { agent: 'GONE' } },
      APPROVES,
    ],
    ownPolicy: true,
    shows: ['av.ended TECH_CALL_DROPPED_CUSTOMER', 'av.ended TECH_CALL_DROPPED_AGENT'],
  },
  {
    ...APPROVED,
    name: 'queued again, then at the head, approved',
    calls: [utv('TECH_CUSTOMER_AUDIO_NOT_WORKING'), utv('TECH_CALL_DROPPED_AGENT'), APPROVES],
    shows: ['maker.decided REQUEUE', 'maker.decided REQUEUE_HEAD'],
  },
  {
    ...APPROVED,
    name: 'captured again, approved',
    calls: [utv('BIZ_PAN_IMAGE_NOT_CLEAR'), APPROVES],
    shows: ['maker.decided RECAPTURE', 'profile.recapture-asked'],
  },
  {
    ...APPROVED,
    name: 'on hold by its reason, back at his slot, approved',
    calls: [utv('BIZ_NEGATIVE_LIST_HIT'), APPROVES],
    slot: 'KEPT',
    shows: ['maker.decided HOLD', 'profile.released', 'slot.booked', '!slot.missed'],
  },
  {
    ...APPROVED,
    name: 'missed a call and a slot, approved',
    calls: [STAYS_AWAY, utv('BIZ_CUSTOMER_BUSY_CALL_LATER'), APPROVES],
    slot: 'MISSED',
    ownPolicy: true,
    shows: ['av.ended NO_SHOW', 'maker.decided RESCHEDULE', 'slot.missed'],
  },
  {
    ...APPROVED,
    name: 'held in line, before the decision, in review, approved',
    held: ['QUEUED', 'DECISION_PENDING', 'IN_REVIEW'],
    // The supervisor may be overtaken by an agent.
    shows: [
      'profile.held QUEUED|IN_CALL',
      'profile.held DECISION_PENDING',
      'profile.held IN_REVIEW',
    ],
  },
  {
    ...APPROVED,
    name: 'sent back for a new call, approved',
    checks: [
      { decision: 'SENT_BACK', sendBackTo: 'NEW_CALL', reason: 'TECH_RECORDING_FAILED' },
      { decision: 'APPROVED' },
    ],
    shows: ['checker.decided NEW_CALL'],
  },
  {
    ...APPROVED,
    name: 'two checkers differ, approved against the maker',
    shareOfDay: 1,
    calls: [rejects('BIZ_PAN_NOT_ORIGINAL')],
    // The third decides as the first did: it ends so, too, where a case is reviewed but once.
    checks: [
      { decision: 'APPROVED', overrideReason: 'MAKER_ERROR' },
      { decision: 'REJECTED', reason: 'BIZ_PAN_NOT_ORIGINAL' },
      { decision: 'APPROVED', overrideReason: 'MAKER_ERROR' },
    ],
    ownPolicy: true,
    shows: ['review.again', 'checker.decided REJECTED'],
  },
  {
    ...APPROVED,
    name: 'review given back, then to another, approved',
    shareOfDay: 1,
    passes: ['RELEASED', 'ASSIGNED'],
    shows: ['review.released RELEASED', 'review.released REASSIGNED'],
  },
  {
    ...APPROVED,
    name: 'nobody free in time, then too long a call, approved',
    asksForNobody: true,
    calls: [{ ...APPROVES, tooLong: true }],
    byTimer: true,
    ownPolicy: true,
    shows: ['profile.scheduled TECH_NO_AGENT_AVAILABLE', 'av.ended MAX_DURATION'],
  },
];
