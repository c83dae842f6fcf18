/**
 * What each recorded command must have left in the log: one event, of one of these types, caused by
 * the actor who was told of it. One row for each command the actors of the demo send.
 */
export interface Expectation {
  readonly stream: 'profile' | 'desk';
  readonly events: readonly string[];
  /** `STEP`: the answer's seq names the command's last event. `ANY`: the answer's id or nothing finds it. */
  readonly find: 'STEP' | 'ANY';
  /** Saying it again when it is so already is answered like the first time and leaves no event. */
  readonly again: boolean;
  /** Which column or detail of the event the answer's id is. */
  readonly id: 'captureSessionId' | 'avSessionId' | 'documentId' | 'subject' | 'offerId' | '';
  /** Its event is caused by somebody else when it comes late: an agent leaves after his call. */
  readonly late?: true;
  /** What it asks for may be so already by somebody else's doing: the supervisor gave him the review. */
  readonly given?: true;
  /** With these codes it may be refused after it took effect; '*' stands for any. */
  readonly refusedLate?: readonly string[];
}

const STEP = { stream: 'profile', find: 'STEP', again: false, id: '' } as const;
const CALL = { stream: 'profile', find: 'ANY', again: true, id: 'avSessionId' } as const;
const DESK = { stream: 'desk', find: 'ANY', again: true, id: '' } as const;

export const EXPECTED = {
  create: { ...STEP, find: 'ANY', events: ['profile.created'] },
  issueLink: { ...STEP, find: 'ANY', events: ['capture.link-issued'] },
  cancel: { ...STEP, events: ['profile.finished'] },
  openCapture: {
    ...STEP,
    find: 'ANY',
    id: 'captureSessionId',
    events: ['capture.session-opened'],
  },
  giveConsent: { ...STEP, events: ['consent.given'] },
  addDocument: { ...STEP, id: 'documentId', events: ['document.received'] },
  // Where every queue for him is closed, he is asked to come back.
  submit: { ...STEP, events: ['queue.entered', 'profile.scheduled'] },
  bookSlot: { ...STEP, events: ['slot.booked'] },
  // He is in by the log, but the call was over before the video service let him in.
  joinCall: { ...CALL, events: ['av.joined'], refusedLate: ['CALL_NOT_OPEN'] },
  leaveCall: { ...CALL, events: ['av.left'] },
  connectionLost: { ...CALL, events: ['av.left'] },
  // The customer may have ended it by leaving a moment earlier.
  endCall: { ...CALL, events: ['av.ended'], late: true },
  addImage: { ...STEP, id: 'documentId', events: ['document.received'] },
  setTaskVerdict: { ...STEP, id: 'subject', again: true, events: ['task.verdict-set'] },
  makerDecision: { ...STEP, events: ['maker.decided'] },
  claimReview: { ...STEP, again: true, given: true, events: ['review.claimed'] },
  releaseReview: { ...STEP, events: ['review.released'] },
  setReviewVerdict: { ...STEP, id: 'subject', events: ['review.verdict-set'] },
  checkerDecision: { ...STEP, events: ['checker.decided'] },
  hold: { ...STEP, again: true, events: ['profile.held'] },
  release: { ...STEP, events: ['profile.released'] },
  assignReview: { ...STEP, again: true, events: ['review.claimed'] },
  online: { ...DESK, events: ['agent.online'] },
  offline: { ...DESK, late: true, events: ['agent.offline'] },
  // The desk gave him the case, and the profile was gone elsewhere.
  accept: {
    ...DESK,
    again: false,
    id: 'offerId',
    events: ['offer.accepted'],
    refusedLate: ['*'],
  },
} as const satisfies Readonly<Record<string, Expectation>>;

export type RecordedCommand = keyof typeof EXPECTED;
