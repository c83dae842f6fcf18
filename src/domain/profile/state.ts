import type { RecordingFile, Side } from '../video/facts';
import type { DeskMessage, VideoMessage } from '../messages';
import type { MachineState } from '../journal';
import type { Openings } from '../openings';
import type { Policy, TaskTemplate } from '../policy';
import type {
  CancelReason,
  CaptureFailure,
  CheckerDecision,
  DocumentKind,
  MakerDecision,
  Party,
  ProfileStatus,
  Verdict,
} from '../words';

// eslint needs a type, not an interface: an interface has no index signature for MachineState.
export type ProfileMessages = { desk: DeskMessage; video: VideoMessage };

/** One document or image. The bytes lie encrypted in the blob store under `blobRef`. */
export interface DocumentEntry {
  readonly documentId: string;
  readonly kind: DocumentKind;
  readonly blobRef: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly source: 'CUSTOMER' | 'AGENT';
  readonly receivedAt: number;
  /** A newer one of the same kind took its place; kept as evidence, needs no verdict. */
  readonly replaced: boolean;
  readonly reviewVerdict: Verdict | '';
  /** The task it was asked for in a call. Unset: none. */
  readonly taskId?: string;
}

/** An image the agent asked the customer's client for. */
export interface CaptureRequest {
  readonly requestId: string;
  /** 1, 2, 3 … in its call. */
  readonly n: number;
  readonly avSessionId: string;
  readonly taskId: string;
  readonly kind: DocumentKind;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly state: 'OPEN' | 'ANSWERED' | 'FAILED' | 'EXPIRED' | 'WITHDRAWN';
  /** Of one that failed or was withdrawn. */
  readonly why: CaptureFailure | 'REPLACED' | 'CALL_ENDED' | '';
  /** Of one that was answered. */
  readonly documentId: string;
}

export interface TaskEntry extends TaskTemplate {
  readonly taskId: string;
  readonly avSessionId: string;
  readonly verdict: Verdict | '';
  readonly reviewVerdict: Verdict | '';
}

export type RoomState = 'OPENING' | 'OPEN' | 'FAILED' | 'CLOSING' | 'LOCKED';

/** One connection of somebody to the call; times are the provider's, epoch ms. */
export interface Peer {
  readonly peerId: string;
  readonly who: Side;
  readonly joinedAt: number;
  readonly leftAt?: number;
}

/** What a checker should know about a recording. */
export type RecordingDoubt = 'NO_FILE' | 'SEVERAL_FILES' | 'TOO_SHORT' | 'TOO_SMALL';

export interface Recording {
  readonly state: 'EXPECTED' | 'RUNNING' | 'RECORDED' | 'FAILED' | 'MISSING';
  readonly files: readonly RecordingFile[];
  readonly doubts: readonly RecordingDoubt[];
}

/** One agent with one customer. */
export interface AvSession {
  readonly avSessionId: string;
  readonly agentId: string;
  readonly offerId: string;
  readonly openedAt: number;
  /** When its room was there: the customer cannot join before. */
  readonly roomOpenedAt?: number;
  readonly room: RoomState;
  /** The provider's id of it; unset until it is open. */
  readonly roomId?: string;
  /** Whether its room records the call. Unset: it does not. */
  readonly records?: boolean;
  /** It does so when it is asked to. Unset: by itself, or not at all. */
  readonly recordsOnRequest?: boolean;
  /** When the service took the first request to record it. */
  readonly recordingTakenAt?: number;
  /** Every connection that the provider told of. */
  readonly peers?: readonly Peer[];
  /** The last time the provider saw nobody in it any more. */
  readonly emptiedAt?: number;
  /** When each last asked to be let in: a connection made before is an older one. */
  readonly joins?: Partial<Record<Side, number>>;
  /** Unset: none is expected, or not yet. */
  readonly recording?: Recording;
  readonly customerIn: boolean;
  readonly agentIn: boolean;
  readonly customerSeen: boolean;
  /** Who is gone from a call that had begun to be joined, and since when. */
  readonly gone: { readonly who: Side; readonly since: number } | undefined;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly endWhy?: string;
  readonly endParty?: Party;
  /** Code of the catalogue for what the system saw at its end, whatever the agent says; '' = nothing. */
  readonly systemCause?: string;
  /** Why it came to nothing, and from whose side; unset while it may still lead to a decision. */
  readonly spoiled?: { readonly reason: string; readonly party: Party };
}

export interface Line {
  readonly queueId: string;
  readonly queueName: string;
  readonly priority: number;
  /** Epoch ms of the first time in line; kept over re-queues. */
  readonly since: number;
  /** Epoch ms at which this time in line began. */
  readonly enteredAt: number;
}

export interface ProfileState extends MachineState<ProfileMessages> {
  readonly ouid: string;
  readonly profileId: string;
  readonly extReferenceId: string;
  readonly previousProfileId: string;
  readonly bodyHash: string;
  /** Name of the encrypted details in the blob store. */
  readonly detailsRef: string;
  readonly policy: Policy;
  /** Unset: the policy has no queue with opening hours. */
  readonly openings?: Openings;
  readonly createdAt: number;
  readonly status: ProfileStatus;
  readonly statusSince: number;
  /** Commands taken so far; capped, because a profile never continues as new. */
  readonly commands: number;
  readonly link: { readonly version: number; readonly expiresAt: number };
  readonly captureCount: number;
  /** The open capture session; '' when none is. */
  readonly captureSessionId: string;
  readonly consent: { readonly version: string; readonly at: number } | undefined;
  readonly documents: readonly DocumentEntry[];
  readonly language: string;
  readonly skills: readonly string[];
  readonly line: Line | undefined;
  /** Epoch ms since when he had waited in vain: his place when he comes back. */
  readonly waitedSince?: number | undefined;
  /** What a supervisor decided on his way through the lines. */
  readonly route?: { readonly queueId?: string; readonly priority?: number };
  /** Number of the current or last ticket. */
  readonly ticket: number;
  /** Every AV session, the last one being the current or latest; one is open at a time. */
  readonly avSessions: readonly AvSession[];
  /** Whether the desk still counts an agent as busy with this profile. */
  readonly agentHeld: boolean;
  /** Every agent who ever had an AV session, a task or an edit: none of them may review. */
  readonly agents: readonly string[];
  readonly noShows: number;
  /** Epoch ms of the booked slot. */
  readonly slot: number | undefined;
  readonly hold:
    | { readonly from: ProfileStatus; readonly since: number; readonly reminders: number }
    | undefined;
  /** How often a missing decision was spoken of: 1 = agent reminded, 2 = escalated. */
  readonly decisionReminders: number;
  /** Messages of the desk that came too late to count; shown to operations. */
  readonly refusedSignals: number;
  /** Decision tokens that were used: each is good once. */
  readonly usedTokens: readonly string[];
  readonly tasks: readonly TaskEntry[];
  /** The latest, of one call or more, oldest first; one is open at most. Unset: none yet. */
  readonly captureRequests?: readonly CaptureRequest[];
  readonly maker:
    | {
        readonly agentId: string;
        readonly decision: MakerDecision;
        readonly at: number;
        readonly remarkRef: string;
      }
    | undefined;
  readonly review: { readonly reviewerId: string; readonly claimedAt: number } | undefined;
  /** Decisions of checkers that are not yet the case's end: the first of two, blind. */
  readonly checks: readonly { readonly reviewerId: string; readonly decision: CheckerDecision }[];
  readonly reviewsNeeded: number;
  /** How often a checker sent the case back: a decision after that is another one. Unset: never. */
  readonly sendBacks?: number;
  /** How often the review was claimed: each claim has one decision. Unset: never. */
  readonly claims?: number;
  /** Who has decided as a checker, whatever became of it. Unset: nobody. */
  readonly checkers?: readonly string[];
  readonly checker:
    | {
        readonly reviewerId: string;
        readonly decision: CheckerDecision;
        readonly at: number;
        readonly remarkRef: string;
      }
    | undefined;
  /** The reason that explains the status; '' when it needs none. */
  readonly reason: string;
  readonly cancelReason: CancelReason | '';
  /** Final and everything settled: the workflow may end. */
  readonly closed: boolean;
}

/** What a client's start becomes: ids, references and the policy, no personal data. */
export interface ProfileStart {
  readonly ouid: string;
  readonly profileId: string;
  readonly extReferenceId: string;
  readonly previousProfileId: string;
  readonly bodyHash: string;
  readonly detailsRef: string;
  readonly language: string;
  readonly policy: Policy;
  readonly startedBy: string;
}

export function lastAv(state: ProfileState): AvSession | undefined {
  return state.avSessions.at(-1);
}
