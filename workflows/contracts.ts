/**
 * What others may import of the workflows: names and types, nothing that runs. Workflow code and
 * its callers agree here.
 */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { LogRow } from '../src/domain/log-row';
import type { AgentCommand, DeskCommand } from '../src/domain/desk/commands';
import type { Openings, QueueHours } from '../src/domain/openings';
import type { CarriedDesk } from '../src/domain/desk/carried';
import type { FirstCarriedDesk } from '../src/domain/desk/carried-first';
import type { OrganizationState } from '../src/domain/organization/machine';
import type {
  CommandReply,
  ProfileCommandName,
  ProfileCommands,
  SignalToken,
} from '../src/domain/profile/commands';
import type { ProfileState } from '../src/domain/profile/state';
import type { RetentionState } from '../src/domain/retention/machine';
import type { VideoEvent } from '../src/domain/video/event';
import type { VideoFacts } from '../src/domain/video/facts';
import type { Actor } from '../src/domain/words';

export const TASK_QUEUE = 'video-kyc';

/**
 * How long a workflow task may take before another worker gets it (Temporal's default is 10 s): it is
 * what a caller waits for when a worker dies in the middle of his command.
 */
export const WORKFLOW_TASK_TIMEOUT = '5 seconds';

export const WORKFLOWS = {
  profile: 'profileWorkflow',
  desk: 'deskWorkflow',
  organization: 'organizationWorkflow',
  settlement: 'settlementWorkflow',
  reconciler: 'reconcilerWorkflow',
  videoRoom: 'videoRoomWorkflow',
  retention: 'retentionWorkflow',
  purge: 'purgeWorkflow',
} as const;

export const profileWorkflowId = (profileId: string): string => `profile/${profileId}`;
/** The ProfileID that a profile's workflow is named by. */
export const profileOfWorkflow = (workflowId: string): string =>
  workflowId.slice('profile/'.length);
/** Of the run that settles what a profile's run left undone. */
export const settlementWorkflowId = (profileId: string): string => `settlement/${profileId}`;
export const deskWorkflowId = (ouid: string): string => `desk/${ouid}`;
export const retentionWorkflowId = (ouid: string): string => `retention/${ouid}`;
export const organizationWorkflowId = (ouid: string): string => `organization/${ouid}`;

/** Keyword search attributes; registered when the server is set up. None holds personal data. */
export const SEARCH_ATTRIBUTES = {
  ouid: 'KycOuid',
  status: 'KycStatus',
  queue: 'KycQueue',
  agent: 'KycAgent',
  reviewer: 'KycReviewer',
  reasonClass: 'KycReasonClass',
} as const;

/** One of them as clients and workflows set and read it. */
export const searchKey = (name: keyof typeof SEARCH_ATTRIBUTES) =>
  defineSearchAttributeKey(SEARCH_ATTRIBUTES[name], SearchAttributeType.KEYWORD);

/** The same by name and type, as servers register them. */
export const SEARCH_ATTRIBUTE_TYPES: Readonly<Record<string, 'Keyword'>> = Object.fromEntries(
  Object.values(SEARCH_ATTRIBUTES).map((name) => [name, 'Keyword']),
);

/** The argument of every profile update. */
export interface CommandEnvelope<K extends ProfileCommandName = ProfileCommandName> {
  /** The caller's organization: another one's profile does not exist for him. */
  readonly ouid: string;
  readonly actor: Actor;
  /** Keyed hash of the request's body: a repeat has the same one, a conflict another. */
  readonly bodyHash: string;
  readonly input: ProfileCommands[K];
}

export interface EnvelopeReply extends CommandReply {
  /** Of the request that this answer was made for: Temporal answers a repeated id with the first answer. */
  readonly bodyHash: string;
}

export const PROFILE_QUERY = 'profile';
/** Asked of a run that was stopped from outside; answers a StoppedProfile. */
export const STOPPED_QUERY = 'stopped';

/** The run that was stopped. */
export interface StoppedRun {
  readonly ouid: string;
  readonly profileId: string;
  readonly runId: string;
}

/** Where a profile's run stood when it was stopped, and its events that may not be in the log. */
export interface StoppedProfile {
  readonly state: ProfileState;
  readonly pending: readonly LogRow[];
}

export const DESK_UPDATE = 'commands';
export const DESK_QUERY = 'view';
export type DeskResult =
  { readonly ok: true } | { readonly ok: false; readonly code: string; readonly detail: string };

export interface DeskStart {
  readonly ouid: string;
  readonly carried?: {
    readonly state: CarriedDesk | FirstCarriedDesk;
    readonly pending: readonly LogRow[];
  };
  /** History events after which the desk continues as new. */
  readonly continueAfter?: number;
}
export type { AgentCommand, DeskCommand };

export const ORGANIZATION_UPDATE = 'applySettings';
export const ORGANIZATION_QUERY = 'settings';

export interface OrganizationStart {
  readonly ouid: string;
  readonly carried?: { readonly state: OrganizationState; readonly pending: readonly LogRow[] };
  readonly continueAfter?: number;
}

export const RETENTION_UPDATE = 'command';
export const RETENTION_QUERY = 'holds';

export interface RetentionStart {
  readonly ouid: string;
  readonly carried?: { readonly state: RetentionState; readonly pending: readonly LogRow[] };
  readonly continueAfter?: number;
}

export interface OpenedRoom {
  readonly roomId: string;
  readonly records?: boolean;
  /** It records when it is asked to. */
  readonly recordsOnRequest?: boolean;
}

/** What the worker must offer; implemented in activities/. */
export interface Activities {
  record(rows: readonly LogRow[]): Promise<void>;
  openRoom(ouid: string, avSessionId: string): Promise<OpenedRoom>;
  startRecording(ouid: string, avSessionId: string): Promise<void>;
  stopRecording(ouid: string, avSessionId: string): Promise<void>;
  closeRoom(ouid: string, avSessionId: string): Promise<void>;
  verifyToken(token: string): Promise<SignalToken>;
  /** When these queues are open from this time on (epoch ms). */
  openings(queues: readonly QueueHours[], from: number): Promise<Openings>;
}

/** What the reconciler and its settlements need besides. */
export interface ReconcileActivities {
  settleStopped(): Promise<{ started: number }>;
  readStopped(run: StoppedRun): Promise<StoppedProfile>;
}

export interface PurgeActivities {
  /** One round: deletes what has expired, of all organizations. */
  purgeExpired(): Promise<Purged>;
}

/** What one round of the purge deleted. */
export interface Purged {
  readonly organizations: number;
  readonly profiles: number;
  /** Rows of what happened outside profiles. */
  readonly operations: number;
}

export interface VideoReconcileActivities {
  /** One round: what the service knows of calls that are not settled is told to their profiles. */
  reconcileVideo(): Promise<VideoRound>;
}

/** What one round of the reconciler found. */
export interface VideoRound {
  /** AV sessions that were looked at. */
  readonly calls: number;
  /** Of those, how many the service did not answer for: the next round asks again. */
  readonly unanswered?: number;
  /** Facts that were told to profiles; most of them are known there. */
  readonly facts: number;
  /** Rooms that were still to be locked. */
  readonly locked: number;
  /** The service's word on sending undelivered webhooks again. */
  readonly replay: string;
}

/** The profile's signal for what the video service saw of a call; its argument is VideoFacts. */
export const VIDEO_FACTS_SIGNAL = 'videoFacts';
/** The room's signal for one event of the video service. */
export const ROOM_EVENT_SIGNAL = 'event';

export interface VideoRoomStart {
  readonly workspace: string;
  readonly roomId: string;
  /** Carried over into a next run. */
  readonly waiting?: readonly VideoEvent[];
}

export const videoRoomWorkflowId = (workspace: string, roomId: string): string =>
  `video-room/${workspace}/${roomId}`;

export interface VideoEventActivities {
  /** Keeps the events; answers what they mean, undefined for a room that is none of ours. */
  takeVideoEvents(
    workspace: string,
    roomId: string,
    events: readonly VideoEvent[],
  ): Promise<VideoFacts | undefined>;
}
