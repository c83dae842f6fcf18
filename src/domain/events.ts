import type { WaitEnd } from './messages';
import type { Disposition } from './reasons';
import type { RetentionPolicy } from './retention/policy';
import type { PeerLeaveCause, RecordingFile, Side } from './video/facts';
import type {
  CancelReason,
  CaptureFailure,
  CloseReason,
  CheckerDecision,
  DocumentKind,
  MakerDecision,
  ProfileStatus,
  PullReason,
  ReleaseReason,
  RerouteReason,
  Verdict,
  LeaveCause,
  SendBackTo,
} from './words';

/** A task as the log, the task table and the consoles see it after an event. */
export type TaskSnapshot = {
  templateId: string;
  title: string;
  kind: string;
  subject: string;
  mandatory: boolean;
  verdict: Verdict | '';
  reviewVerdict: Verdict | '';
};

/** An AV session after an event; times are ISO 8601, '' when not yet. */
export type AvSnapshot = {
  agentId: string;
  openedAt: string;
  startedAt: string;
  endedAt: string;
  endWhy: string;
  endParty: string;
  room: string;
  /** The provider's id of the room. */
  roomId: string;
  /** Code of the catalogue for what the system saw at the end; the agent's reason stands on its own. */
  systemCause: string;
  /** '' where none is expected. */
  recording: string;
  recordingDoubts: string[];
};

/** What each event of a capture request says besides its task, which is the row's. */
export type CaptureRequestFacts = { requestId: string; kind: DocumentKind };

/** An agent at the desk after an event. */
export type AgentSnapshot = {
  state: string;
  since: string;
  languages: string[];
  skills: string[];
  profileId: string;
  offerId: string;
  pauseReason: string;
};

/**
 * The one vocabulary: what machines emit is what the log stores, webhooks carry, timelines show and
 * insights count. Each type with the details that belong to it alone; the row's columns say who,
 * where and when.
 */
export interface ProfileEvents {
  /** A client started a KYC. `bodyHash` tells a repeated start from a conflicting one. */
  'profile.created': { bodyHash: string; previousProfileId: string; policyVersion: number };
  /** A capture link became valid until `expiresAt`; links of a lower version died. */
  'capture.link-issued': { linkVersion: number; expiresAt: string };
  /** The customer logged in. */
  'capture.session-opened': { linkVersion: number };
  /** `REPLACED` by a login on another device, or nothing is left for the customer to do. */
  'capture.session-closed': { why: 'REPLACED' | 'JOURNEY_OVER' };
  'consent.given': { version: string; language: string; textSha256: string };
  /** A document or image was stored, encrypted; the log has its fingerprint only. */
  'document.received': {
    kind: DocumentKind;
    sha256: string;
    bytes: number;
    mediaType: string;
    replaces: string;
  };
  'profile.submitted': { skills: string[] };
  /**
   * The customer is in line: which queue and why, from when he counts as waiting. `candidates`: the
   * queues for him, by what he needs or by a supervisor's word; `closed`: those of them that are outside
   * their opening hours (a supervisor's closing is the desk's: `queue.closed`).
   */
  'queue.entered': {
    ticket: number;
    since: string;
    why: 'SUBMITTED' | 'REJOINED' | 'REQUEUED';
    preferredAgent: string;
    chosenBy: 'NEEDS' | 'SUPERVISOR';
    candidates: string[];
    closed: string[];
  };
  /** By a supervisor; `queueId` '' and `priority` null: as it was. */
  'profile.rerouted': { queueId: string; priority: number | null; why: RerouteReason };
  /** He left the line: with an agent, or for another reason. `durationMs` is this wait. */
  'queue.left': {
    ticket: number;
    why: 'ASSIGNED' | 'EXPIRED' | 'HELD' | 'MOVED' | 'CASE_ENDED' | WaitEnd;
  };
  /** The desk proposed an agent and the profile could not take him. */
  'assignment.refused': { offerId: string; why: string };
  'av.opened': { offerId: string; av: AvSnapshot };
  'av.room-opened': { roomId: string; av: AvSnapshot };
  'av.room-failed': { error: string; av: AvSnapshot };
  'av.joined': { who: 'CUSTOMER' | 'AGENT'; av: AvSnapshot };
  /** Both are in: the call begins. */
  'av.started': { av: AvSnapshot };
  'av.left': { who: 'CUSTOMER' | 'AGENT'; cause: LeaveCause; av: AvSnapshot };
  /** A connection to the call, as the provider told; presence follows from these and from the commands. */
  'av.peer-joined': { who: Side; peerId: string; av: AvSnapshot };
  /** `durationMs`: how long it lasted. */
  'av.peer-left': { who: Side; peerId: string; cause: PeerLeaveCause; av: AvSnapshot };
  'av.join-failed': { who: Side; why: string; av: AvSnapshot };
  'av.recording-started': { av: AvSnapshot };
  /** A file of the call is in the bucket. */
  'av.recorded': {
    file: { kind: RecordingFile['kind']; path: string; bytes: number; durationMs: number };
    av: AvSnapshot;
  };
  'av.recording-failed': { error: string; av: AvSnapshot };
  /** No word of a file in the policy's time. */
  'av.recording-missing': { av: AvSnapshot };
  /** A supervisor ends a call that is stuck, or whose agent does not decide. */
  'call.released': { why: ReleaseReason };
  /** The call is over; `durationMs` is the talk time. */
  'av.ended': { why: string; av: AvSnapshot };
  'av.room-locked': { av: AvSnapshot };
  /** The room could not be locked; the error is for operations. */
  'av.room-lock-failed': { error: string; av: AvSnapshot };
  /** The agent asked for an image from the customer's own camera, until `expiresAt`. */
  'capture-request.asked': CaptureRequestFacts & { expiresAt: string };
  /** It came, as the row's document. `durationMs` of this and the next three: since it was asked for. */
  'capture-request.answered': CaptureRequestFacts & { sha256: string; bytes: number };
  /** The customer's client cannot, or he does not want to. */
  'capture-request.failed': CaptureRequestFacts & { why: CaptureFailure };
  'capture-request.expired': CaptureRequestFacts;
  'capture-request.withdrawn': CaptureRequestFacts & { why: 'REPLACED' | 'CALL_ENDED' };
  'task.created': { task: TaskSnapshot; seed: number };
  'task.verdict-set': { task: TaskSnapshot };
  /** The agent decided. `remarkRef` names an encrypted remark. `durationMs`: from the call's end. */
  'maker.decided': { decision: MakerDecision; remarkRef: string; disposition: Disposition | '' };
  /** The agent is reminded that a decision is due. */
  'maker.reminded': Record<string, never>;
  /** The missing decision is the supervisor's to look after. */
  'maker.escalated': Record<string, never>;
  /** Nobody decided in time after the call. */
  'maker.timed-out': Record<string, never>;
  /** He comes back another time. `closed`: the queues for him that are; `opensAt`: '' if one is open. */
  'profile.scheduled': { why: string; closed: string[]; opensAt: string };
  'profile.recapture-asked': Record<string, never>;
  /** The customer booked a time; `at` is ISO 8601. */
  'slot.booked': { at: string };
  /** The booked time passed without him. */
  'slot.missed': Record<string, never>;
  /** Put aside by a supervisor, a client or a reason; `from` is where it stood. */
  'profile.held': { from: ProfileStatus };
  /** Still on hold: the supervisor's list, again and again. */
  'hold.reminded': { count: number };
  /** Goes on; `durationMs` is how long it was held. */
  'profile.released': { to: ProfileStatus };
  'review.claimed': { picked: boolean };
  'review.released': { why: 'RELEASED' | 'EXPIRED' | 'REASSIGNED' | 'HELD' };
  'review.verdict-set': { subject: 'DOCUMENT' | 'TASK'; verdict: Verdict; task?: TaskSnapshot };
  /** A second, blind review is needed, or a third between two that differ. */
  'review.again': Record<string, never>;
  /** Sent back to the maker, on the evidence at hand. */
  'maker.asked-again': Record<string, never>;
  /** The checker decided. `overridden`: against the maker. `durationMs`: from the claim. */
  'checker.decided': {
    decision: CheckerDecision;
    /** With SENT_BACK: to whom or what. */
    sentBackTo: SendBackTo | '';
    /** How many reviews this case needs and which this one was; a second one is blind. */
    review: number;
    reviewsNeeded: number;
    overridden: boolean;
    overrideReason: string;
    remarkRef: string;
  };
  /** A decision by signal was refused and changed nothing; `why` is a code. */
  'signal.refused': { signal: string; why: string };
  /** A final status; what it was before, and for a cancellation why. `durationMs`: since creation. */
  'profile.finished': { from: ProfileStatus; cancelReason: CancelReason | '' };
  /** Everything the case had open is settled; the workflow ends. */
  'profile.closed': Record<string, never>;
}

/** Events of the desk stream: what happens to agents and offers outside one profile's journey. */
export interface DeskEvents {
  'agent.online': { agent: AgentSnapshot };
  /** A supervisor takes him out of the line; from a call, when it is decided. */
  'agent.pulled': { agent: AgentSnapshot; why: PullReason };
  'agent.offline': { agent: AgentSnapshot };
  /** Two missed offers in a row: the agent is taken out until he comes back. */
  'agent.away': { agent: AgentSnapshot };
  /** He takes a break, for a reason of the organization's list. */
  'agent.paused': { agent: AgentSnapshot };
  /** Back from a break or from being away; `durationMs`: how long it lasted. */
  'agent.resumed': { agent: AgentSnapshot };
  /** Nothing reaches him: his stream of events broke, or the process that held it died. */
  'agent.lost': { agent: AgentSnapshot };
  /** `durationMs`: how long nothing reached him. */
  'agent.reconnected': { agent: AgentSnapshot };
  /** His call is over, or did not come to be; `durationMs`: how long he was taken. */
  'agent.freed': { agent: AgentSnapshot };
  /** His wrap-up is over: he may be offered the next customer. */
  'agent.ready': { agent: AgentSnapshot };
  'offer.made': { offerId: string; ticket: number; agent: AgentSnapshot };
  'offer.accepted': { offerId: string; ticket: number; agent: AgentSnapshot };
  'offer.confirmed': { offerId: string; ticket: number; agent: AgentSnapshot };
  'offer.refused': { offerId: string; ticket: number; why: string; agent: AgentSnapshot };
  'offer.declined': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** He was not reached any more: the customer goes on to the next agent, and it is no miss of his. */
  'offer.undelivered': { offerId: string; ticket: number; agent: AgentSnapshot };
  'offer.missed': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** The customer went away before the agent answered. */
  'offer.withdrawn': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** The waiting customer went, or his connection was gone for the grace time: he is skipped. */
  'customer.away': { ticket: number; why: 'LEFT' | 'CONNECTION_LOST' };
  /** He is there again; `durationMs`: how long he was away, or since he was called. */
  'customer.back': { ticket: number };
  /** He need not stay: he is to be called when it is his turn. */
  'callback.asked': { ticket: number };
  'callback.called': { ticket: number };
  /** By a supervisor. */
  'queue.closed': { why: CloseReason };
  /** `durationMs`: how long it was closed. */
  'queue.opened': Record<string, never>;
}

export interface OrganizationEvents {
  /** `retention` reaches all rows of the organization, also those of before. */
  'organization.settings-changed': {
    organization: { version: number; name: string; retention: RetentionPolicy };
    changed: string[];
  };
}

/** What bears on how long rows are kept. Of one kind, `ref` and profile the newest counts. */
export type RetentionFact = {
  kind: 'RELATIONSHIP_END' | 'LEGAL_HOLD';
  /** The hold's id; '' for a relationship. */
  ref: string;
  /** When the relationship ended; when the hold was set or lifted. ISO 8601. */
  at: string;
  active: boolean;
};

/** Events of the retention stream; the row's profile is whom it is about, '' = the organization. */
export interface RetentionEvents {
  /** The client reported that its relationship with the customer of an approved profile is over. */
  'relationship.ended': { fact: RetentionFact };
  /** From now on nothing of it expires, whatever the policy says. */
  'legal-hold.set': { fact: RetentionFact };
  /** What had waited for it expires at once, if no other hold is set. */
  'legal-hold.lifted': { fact: RetentionFact };
}

/** Reads of personal data: written by the API before it answers, without a sequence number. */
export interface AccessEvents {
  'access.details-read': Record<string, never>;
  'access.document-read': Record<string, never>;
  'access.remark-read': Record<string, never>;
  /** Addresses of a call's recording were given out. */
  'access.recording-read': Record<string, never>;
}
