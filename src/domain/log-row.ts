import type { ActorType, Json, Party, ProfileStatus } from './words';
import type { ReasonClass } from './reasons';

export type Stream = 'profile' | 'desk' | 'organization' | 'retention' | 'access';

/**
 * One event as the log stores it. Written by machines (camelCase here, snake_case in ClickHouse);
 * each row carries the full columns *after* its event, so a current-state table is the row with the
 * highest `seq`. It never holds personal data: ids, codes and numbers only.
 */
export interface LogRow {
  readonly ouid: string;
  readonly stream: Stream;
  /** ProfileID, or the OUID for the desk, organization and retention streams. */
  readonly streamId: string;
  /** 1, 2, 3 … without gaps in each numbered stream; 0 in the access stream. */
  readonly seq: number;
  readonly eventType: string;
  /** ISO 8601 with milliseconds, UTC; minted once by the workflow, so retries cannot change it. */
  readonly occurredAt: string;
  readonly profileId: string;
  readonly extReferenceId: string;
  readonly captureSessionId: string;
  readonly avSessionId: string;
  readonly agentId: string;
  readonly reviewerId: string;
  readonly taskId: string;
  readonly documentId: string;
  readonly queueId: string;
  readonly queueName: string;
  readonly profileStatus: ProfileStatus | '';
  readonly reason: string;
  readonly reasonClass: ReasonClass | '';
  readonly party: Party | '';
  readonly actorType: ActorType;
  readonly actorId: string;
  readonly language: string;
  /** Number of the current or last AV session of the profile; 0 before the first. */
  readonly attempt: number;
  /** When the profile was created and when its status last changed; '' outside the profile stream. */
  readonly createdAt: string;
  readonly statusSince: string;
  /** How long that which ended with this event lasted (a wait, a call, a review), ms; else 0. */
  readonly durationMs: number;
  /** What belongs to this event type alone (src/domain/events.ts). */
  readonly details: Readonly<Record<string, Json>>;
  /** An end of the row's own that nothing can put off; '' = the organization's retention decides. */
  readonly expiresAt: string;
}

/** The columns of a row that is about no profile, or about nothing but its profile. */
export const BLANK_COLUMNS = {
  profileId: '',
  extReferenceId: '',
  captureSessionId: '',
  avSessionId: '',
  agentId: '',
  reviewerId: '',
  taskId: '',
  documentId: '',
  queueId: '',
  queueName: '',
  profileStatus: '',
  reason: '',
  reasonClass: '',
  party: '',
  language: '',
  attempt: 0,
  createdAt: '',
  statusSince: '',
  durationMs: 0,
  expiresAt: '',
} as const satisfies Partial<LogRow>;

/** ISO 8601 with milliseconds from epoch milliseconds. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
