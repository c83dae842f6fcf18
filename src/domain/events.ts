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

// The one vocabulary: what machines emit is what the log stores, webhooks carry, timelines show and
// insights count. Each type with the details that belong to it alone; the row's columns say who, where
// and when. `@by`: who causes it. docs/log.md is made of these comments.

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

/** One customer's case, from its creation to its closing. */
export interface ProfileEvents {
  /**
   * A client started a KYC. `bodyHash` tells a repeated start from a conflicting one.
   * @by client
   */
  'profile.created': { bodyHash: string; previousProfileId: string; policyVersion: number };
  /**
   * A capture link became valid until `expiresAt`; links of a lower version died.
   * @by client; at creation, by a booked slot, after a hold: the system
   */
  'capture.link-issued': { linkVersion: number; expiresAt: string };
  /** The customer logged in. @by customer */
  'capture.session-opened': { linkVersion: number };
  /**
   * `REPLACED` by a login on another device, or nothing is left for the customer to do.
   * @by customer, by a login elsewhere; system
   */
  'capture.session-closed': { why: 'REPLACED' | 'JOURNEY_OVER' };
  /** The customer agreed to a version of the consent text, whose hash this is. @by customer */
  'consent.given': { version: string; language: string; textSha256: string };
  /**
   * A document or image was stored, encrypted; the log has its fingerprint only.
   * @by customer; agent, for what he captured in the call
   */
  'document.received': {
    kind: DocumentKind;
    sha256: string;
    bytes: number;
    mediaType: string;
    replaces: string;
  };
  /** The customer has handed in what is asked of him and waits for a call. @by customer */
  'profile.submitted': { skills: string[] };
  /**
   * The customer is in line: which queue and why, from when he counts as waiting. `candidates`: the
   * queues for him, by what he needs or by a supervisor's word; `closed`: those of them that are outside
   * their opening hours (a supervisor's closing is the desk's: `queue.closed`).
   * @by customer; system, when he is put back; supervisor
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
  /** It has another queue or priority; `queueId` '' and `priority` null: as it was. @by supervisor */
  'profile.rerouted': { queueId: string; priority: number | null; why: RerouteReason };
  /**
   * He left the line: with an agent, or for another reason. `durationMs` is this wait.
   * @by system, for what ended the wait
   */
  'queue.left': {
    ticket: number;
    why: 'ASSIGNED' | 'EXPIRED' | 'HELD' | 'MOVED' | 'CASE_ENDED' | WaitEnd;
  };
  /** The desk proposed an agent and the profile could not take him. @by system */
  'assignment.refused': { offerId: string; why: string };
  /**
   * An AV session began: an agent is assigned, its room is to be opened.
   * @by system, when the agent has accepted
   */
  'av.opened': { offerId: string; av: AvSnapshot };
  /** The provider has its room. @by system */
  'av.room-opened': { roomId: string; av: AvSnapshot };
  /** The room could not be opened; the customer is served again. @by system */
  'av.room-failed': { error: string; av: AvSnapshot };
  /** One of the two is in the call, as his client says. @by customer; agent */
  'av.joined': { who: 'CUSTOMER' | 'AGENT'; av: AvSnapshot };
  /** Both are in: the call begins. @by who joined last */
  'av.started': { av: AvSnapshot };
  /** One of the two went from the call, as his client says. @by customer; agent */
  'av.left': { who: 'CUSTOMER' | 'AGENT'; cause: LeaveCause; av: AvSnapshot };
  /**
   * A connection to the call, as the provider told; presence follows from these and from the commands.
   * @by system (the video service)
   */
  'av.peer-joined': { who: Side; peerId: string; av: AvSnapshot };
  /** A connection ended; `durationMs`: how long it lasted. @by system (the video service) */
  'av.peer-left': { who: Side; peerId: string; cause: PeerLeaveCause; av: AvSnapshot };
  /** Somebody tried to join and could not, as the provider told. @by system (the video service) */
  'av.join-failed': { who: Side; why: string; av: AvSnapshot };
  /**
   * The service is asked to record the call: both are in it, or its agent said so.
   * @by agent; system
   */
  'av.recording-asked': { av: AvSnapshot };
  /** The provider records the call. @by system (the video service) */
  'av.recording-started': { av: AvSnapshot };
  /** A file of the call is in the bucket. @by system (the video service) */
  'av.recorded': {
    file: {
      kind: RecordingFile['kind'];
      path: string;
      bytes: number;
      durationMs: number;
      sha256?: string;
    };
    av: AvSnapshot;
  };
  /**
   * There will be none, or it could not be begun; `error` is a code (docs/video.md).
   * @by system (the video service)
   */
  'av.recording-failed': { error: string; av: AvSnapshot };
  /** No word of a file in the policy's time. @by system (timer) */
  'av.recording-missing': { av: AvSnapshot };
  /** A supervisor ends a call that is stuck, or whose agent does not decide. @by supervisor */
  'call.released': { why: ReleaseReason };
  /**
   * The call is over; `durationMs` is the talk time.
   * @by agent; system, after a drop or by a timer; who ended the case
   */
  'av.ended': { why: string; av: AvSnapshot };
  /** Nobody can join any more: the AV session is settled. @by system */
  'av.room-locked': { av: AvSnapshot };
  /** The room could not be locked; the error is for operations. @by system */
  'av.room-lock-failed': { error: string; av: AvSnapshot };
  /** The agent asked for an image from the customer's own camera, until `expiresAt`. @by agent */
  'capture-request.asked': CaptureRequestFacts & { expiresAt: string };
  /**
   * It came, as the row's document. `durationMs` of this and the next three: since it was asked for.
   * @by customer
   */
  'capture-request.answered': CaptureRequestFacts & { sha256: string; bytes: number };
  /** The customer's client cannot, or he does not want to. @by customer */
  'capture-request.failed': CaptureRequestFacts & { why: CaptureFailure };
  /** It did not come in time; the agent may ask again. @by system (timer) */
  'capture-request.expired': CaptureRequestFacts;
  /** Another one was asked for, or the call ended. @by agent, by asking anew; system */
  'capture-request.withdrawn': CaptureRequestFacts & { why: 'REPLACED' | 'CALL_ENDED' };
  /**
   * Something to check, from a template or the agent’s own.
   * @by system, from the templates; agent
   */
  'task.created': { task: TaskSnapshot; seed: number };
  /** The agent judged a task. @by agent */
  'task.verdict-set': { task: TaskSnapshot };
  /**
   * The agent decided. `remarkRef` names an encrypted remark. `durationMs`: from the call's end.
   * @by agent
   */
  'maker.decided': { decision: MakerDecision; remarkRef: string; disposition: Disposition | '' };
  /** The agent is reminded that a decision is due. @by system (timer) */
  'maker.reminded': Record<string, never>;
  /** The missing decision is the supervisor's to look after. @by system (timer) */
  'maker.escalated': Record<string, never>;
  /** Nobody decided in time after the call. @by system (timer) */
  'maker.timed-out': Record<string, never>;
  /**
   * He comes back another time. `closed`: the queues for him that are; `opensAt`: '' if one is open.
   * @by system
   */
  'profile.scheduled': { why: string; closed: string[]; opensAt: string };
  /** The customer has to hand in documents anew. @by agent, by a reason that needs it; reviewer */
  'profile.recapture-asked': Record<string, never>;
  /** The customer booked a time; `at` is ISO 8601. @by customer */
  'slot.booked': { at: string };
  /** The booked time passed without him. @by system (timer) */
  'slot.missed': Record<string, never>;
  /**
   * Put aside by a supervisor, a client or a reason; `from` is where it stood.
   * @by supervisor; client; agent, by a reason that holds
   */
  'profile.held': { from: ProfileStatus };
  /** Still on hold: the supervisor's list, again and again. @by system (timer) */
  'hold.reminded': { count: number };
  /** Goes on; `durationMs` is how long it was held. @by supervisor; client */
  'profile.released': { to: ProfileStatus };
  /**
   * A reviewer has the case. `picked`: given by a supervisor, out of turn.
   * @by reviewer; supervisor, who gives it to him
   */
  'review.claimed': { picked: boolean };
  /** The case waits for another reviewer. @by reviewer; system (timer); supervisor */
  'review.released': { why: 'RELEASED' | 'EXPIRED' | 'REASSIGNED' | 'HELD' };
  /** The reviewer judged a document or a task. @by reviewer */
  'review.verdict-set': { subject: 'DOCUMENT' | 'TASK'; verdict: Verdict; task?: TaskSnapshot };
  /** A second, blind review is needed, or a third between two that differ. @by system */
  'review.again': Record<string, never>;
  /** Sent back to the maker, on the evidence at hand. @by reviewer */
  'maker.asked-again': Record<string, never>;
  /**
   * The checker decided. `overridden`: against the maker. `durationMs`: from the claim.
   * @by reviewer
   */
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
  /**
   * A decision by signal was refused and changed nothing; `why` is a code.
   * @by who signed the signal; system, when nobody did
   */
  'signal.refused': { signal: string; why: string };
  /**
   * A final status; what it was before, and for a cancellation why. `durationMs`: since creation.
   * @by who ended the case
   */
  'profile.finished': { from: ProfileStatus; cancelReason: CancelReason | '' };
  /** Everything the case had open is settled; the workflow ends. @by system */
  'profile.closed': Record<string, never>;
}

/** Events of the desk stream: what happens to agents and offers outside one profile's journey. */
export interface DeskEvents {
  /** He came to the desk. @by agent */
  'agent.online': { agent: AgentSnapshot };
  /** A supervisor takes him out of the line; from a call, when it is decided. @by supervisor */
  'agent.pulled': { agent: AgentSnapshot; why: PullReason };
  /** He left the desk. @by agent; system */
  'agent.offline': { agent: AgentSnapshot };
  /** Two missed offers in a row: the agent is taken out until he comes back. @by system */
  'agent.away': { agent: AgentSnapshot };
  /** He takes a break, for a reason of the organization's list. @by agent */
  'agent.paused': { agent: AgentSnapshot };
  /** Back from a break or from being away; `durationMs`: how long it lasted. @by agent */
  'agent.resumed': { agent: AgentSnapshot };
  /**
   * Nothing reaches him: his stream of events broke, or the process that held it died.
   * @by system
   */
  'agent.lost': { agent: AgentSnapshot };
  /** He is reached again; `durationMs`: how long nothing did. @by system */
  'agent.reconnected': { agent: AgentSnapshot };
  /** His call is over, or did not come to be; `durationMs`: how long he was taken. @by system */
  'agent.freed': { agent: AgentSnapshot };
  /** His wrap-up is over: he may be offered the next customer. @by agent; system (timer) */
  'agent.ready': { agent: AgentSnapshot };
  /** A customer is offered to an agent, who is taken until it is answered. @by system */
  'offer.made': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** The agent takes the customer. @by agent */
  'offer.accepted': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** The profile has him as its agent. @by system */
  'offer.confirmed': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** The profile could not take him: he is free, his turn kept. @by system */
  'offer.refused': { offerId: string; ticket: number; why: string; agent: AgentSnapshot };
  /** The agent does not take the customer, who goes on to the next. @by agent */
  'offer.declined': { offerId: string; ticket: number; agent: AgentSnapshot };
  /**
   * He was not reached any more: the customer goes on to the next agent, and it is no miss of his.
   * @by system
   */
  'offer.undelivered': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** The agent did not answer in time. @by system (timer) */
  'offer.missed': { offerId: string; ticket: number; agent: AgentSnapshot };
  /** The customer went away before the agent answered. @by system */
  'offer.withdrawn': { offerId: string; ticket: number; agent: AgentSnapshot };
  /**
   * The waiting customer went, or his connection was gone for the grace time: he is skipped.
   * @by customer; system
   */
  'customer.away': { ticket: number; why: 'LEFT' | 'CONNECTION_LOST' };
  /**
   * He is there again; `durationMs`: how long he was away, or since he was called.
   * @by customer; system
   */
  'customer.back': { ticket: number };
  /** He need not stay: he is to be called when it is his turn. @by customer */
  'callback.asked': { ticket: number };
  /** It is his turn: the client is to call him. @by system */
  'callback.called': { ticket: number };
  /** Nobody is put in line there, and who waits comes back another time. @by supervisor */
  'queue.closed': { why: CloseReason };
  /** Customers are put in line there again; `durationMs`: how long it was closed. @by supervisor */
  'queue.opened': Record<string, never>;
}

/** The organization's settings as data. */
export interface OrganizationEvents {
  /** Another version holds; its `retention` reaches all rows, also those of before. @by operations */
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
  /**
   * The client reported that its relationship with the customer of an approved profile is over.
   * @by client
   */
  'relationship.ended': { fact: RetentionFact };
  /** From now on nothing of it expires, whatever the policy says. @by supervisor */
  'legal-hold.set': { fact: RetentionFact };
  /** What had waited for it expires at once, if no other hold is set. @by supervisor */
  'legal-hold.lifted': { fact: RetentionFact };
}

/** Reads of personal data: written by the API before it answers, without a sequence number. */
export interface AccessEvents {
  /** The customer’s details were shown. @by agent; reviewer */
  'access.details-read': Record<string, never>;
  /** A document or image was shown. @by agent; reviewer */
  'access.document-read': Record<string, never>;
  /** The maker’s or checker’s remark was shown. @by reviewer */
  'access.remark-read': Record<string, never>;
  /** Addresses of a call's recording were given out. @by reviewer */
  'access.recording-read': Record<string, never>;
}
