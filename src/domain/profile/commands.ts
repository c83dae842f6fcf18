import type { DeskReply } from '../messages';
import type { Openings } from '../openings';
import type { TaskCheck } from '../policy';
import type { VideoFacts } from '../video/facts';
import type {
  Actor,
  ActorType,
  CancelReason,
  CaptureFailure,
  CheckerDecision,
  DocumentKind,
  MakerDecision,
  ProfileStatus,
  ReleaseReason,
  RerouteReason,
  Verdict,
  LeaveCause,
  SendBackTo,
} from '../words';

type None = Record<string, never>;

/** Which AV session an agent means: a late command about an earlier call must not touch this one. */
interface OfCall {
  readonly avSessionId?: string;
}

/** What people may ask of a profile; each is an update of the same name. */
export interface ProfileCommands {
  issueLink: None;
  openCapture: { linkVersion: number };
  giveConsent: { captureSessionId: string; version: string; language: string; textSha256: string };
  addDocument: {
    captureSessionId: string;
    kind: DocumentKind;
    blobRef: string;
    sha256: string;
    bytes: number;
    mediaType: string;
  };
  submit: { captureSessionId: string; language: string; skills: string[] };
  changeLanguage: { captureSessionId: string; language: string };
  /** Asks for a token's worth of entry: recorded, then the API mints the token. */
  joinCall: OfCall & { captureSessionId?: string };
  leaveCall: OfCall & { captureSessionId?: string; cause?: LeaveCause };
  endCall: OfCall;
  /** Once more, where it could not be begun when the call began. */
  startRecording: OfCall;
  /** A supervisor's, for a call that is stuck. */
  releaseCall: { why: ReleaseReason };
  addImage: OfCall & {
    kind: DocumentKind;
    blobRef: string;
    sha256: string;
    bytes: number;
    mediaType: string;
  };
  requestCapture: OfCall & { taskId: string; kind: DocumentKind };
  answerCapture: {
    captureSessionId: string;
    requestId: string;
    blobRef: string;
    sha256: string;
    bytes: number;
    mediaType: string;
  };
  failCapture: { captureSessionId: string; requestId: string; why: CaptureFailure };
  addTask: OfCall & { title: string; mandatory: boolean; check: TaskCheck };
  setTaskVerdict: OfCall & { taskId: string; verdict: Verdict };
  makerDecision: OfCall & { decision: MakerDecision; reason?: string; remarkRef?: string };
  /** `at`: epoch ms. */
  bookSlot: { captureSessionId: string; at: number };
  /** A supervisor's: another queue, another priority, or both. */
  reroute: { queueId?: string; priority?: number; why: RerouteReason };
  hold: None;
  release: None;
  claimReview: None;
  /** A supervisor gives a case to a reviewer, whatever its turn. */
  assignReview: { reviewerId: string };
  releaseReview: None;
  setReviewVerdict: { documentId?: string; taskId?: string; verdict: Verdict };
  checkerDecision: {
    decision: CheckerDecision;
    sendBackTo?: SendBackTo;
    reason?: string;
    overrideReason?: string;
    remarkRef?: string;
  };
  cancel: { cancelReason: CancelReason };
}
export type ProfileCommandName = keyof ProfileCommands;

export type TimerName =
  | 'captureLink'
  | 'customerJoin'
  | 'disconnectGrace'
  | 'call'
  | 'captureRequest'
  | 'decisionReminder'
  | 'decisionEscalation'
  | 'decision'
  | 'slot'
  | 'reviewClaim'
  | 'hold'
  | 'recording';

/** Decisions that also exist as signals, for people at the Temporal CLI and UI. */
export const SIGNALLED = ['makerDecision', 'checkerDecision', 'cancel'] as const;
export type SignalName = (typeof SIGNALLED)[number];

/** What the verified token of a signal says, or why it is none. */
export type SignalToken =
  | {
      readonly ok: true;
      readonly ouid: string;
      readonly profileId: string;
      readonly actor: Actor;
      readonly signal: SignalName;
      readonly jti: string;
    }
  | { readonly ok: false; readonly why: 'TOKEN_EXPIRED' | 'TOKEN_INVALID' };

export type ProfileInput =
  | { name: 'signal'; signal: SignalName; token: SignalToken; input: unknown }
  | {
      [K in ProfileCommandName]: { name: K; actor: Actor; input: ProfileCommands[K] };
    }[ProfileCommandName]
  | { name: 'deskReply'; reply: DeskReply }
  | { name: 'timer'; timer: TimerName }
  | { name: 'openings'; openings: Openings }
  | { name: 'deskSettled'; id: number }
  | {
      name: 'videoSettled';
      id: number;
      roomId?: string;
      records?: boolean;
      recordsOnRequest?: boolean;
      error?: string;
    }
  | ({ name: 'videoFacts' } & VideoFacts);

/** What a command's caller learns. */
export interface CommandReply {
  readonly profileId: string;
  readonly status: ProfileStatus;
  /** The last event's number: a list asked with it waits until it is included. */
  readonly seq: number;
  /** The id the command made, if it made one. */
  readonly id: string;
}

/** Who may send which command, before any question of whose profile it is. */
export const ALLOWED_ACTORS: { readonly [K in ProfileCommandName]: readonly ActorType[] } = {
  issueLink: ['CLIENT'],
  openCapture: ['CUSTOMER'],
  giveConsent: ['CUSTOMER'],
  addDocument: ['CUSTOMER'],
  submit: ['CUSTOMER'],
  changeLanguage: ['CUSTOMER'],
  joinCall: ['CUSTOMER', 'AGENT'],
  leaveCall: ['CUSTOMER', 'AGENT'],
  endCall: ['AGENT'],
  startRecording: ['AGENT'],
  releaseCall: ['SUPERVISOR'],
  addImage: ['AGENT'],
  requestCapture: ['AGENT'],
  answerCapture: ['CUSTOMER'],
  failCapture: ['CUSTOMER'],
  addTask: ['AGENT'],
  setTaskVerdict: ['AGENT'],
  makerDecision: ['AGENT'],
  bookSlot: ['CUSTOMER'],
  reroute: ['SUPERVISOR'],
  hold: ['SUPERVISOR', 'CLIENT'],
  release: ['SUPERVISOR', 'CLIENT'],
  claimReview: ['REVIEWER'],
  assignReview: ['SUPERVISOR'],
  releaseReview: ['REVIEWER'],
  setReviewVerdict: ['REVIEWER'],
  checkerDecision: ['REVIEWER'],
  cancel: ['CLIENT', 'OPERATIONS'],
};

export const PROFILE_COMMANDS = Object.keys(ALLOWED_ACTORS) as ProfileCommandName[];
