import type { DetailField, DocumentKind } from './words';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long each wait lasts, ms (defaults: docs/architecture.md, "Timers"). */
export interface Timers {
  readonly captureLink: number;
  readonly queue: number;
  readonly offer: number;
  readonly customerJoin: number;
  readonly call: number;
  /** After the call; then the case is scheduled with a callback. */
  readonly decision: number;
  readonly reviewClaim: number;
}

/** Where customers wait. A queue fits when it speaks the language and has every asked-for skill. */
export interface Queue {
  readonly queueId: string;
  readonly queueName: string;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly priority: number;
}

export type TaskCheck =
  | { readonly kind: 'DETAIL'; readonly field: DetailField }
  | { readonly kind: 'DOCUMENT'; readonly document: DocumentKind }
  | { readonly kind: 'QUESTION'; readonly questionId: string };

export interface TaskTemplate {
  readonly templateId: string;
  readonly title: string;
  readonly mandatory: boolean;
  readonly check: TaskCheck;
}

/** Either every template in this order, or `pick` of them in an order drawn from a stored seed. */
export interface TaskPlan {
  readonly templates: readonly TaskTemplate[];
  readonly pick?: number;
}

/** What a profile runs by. It keeps the policy it started with. */
export interface Policy {
  readonly version: number;
  readonly timers: Timers;
  readonly queues: readonly Queue[];
  readonly consentVersions: readonly string[];
  readonly requiredDocuments: readonly DocumentKind[];
  readonly taskPlans: readonly TaskPlan[];
  /** AV sessions a customer gets before a UTV ends the case. */
  readonly maxAttempts: number;
  readonly maxDocuments: number;
  readonly maxTasks: number;
}

export const DEFAULT_TIMERS: Timers = {
  captureLink: 72 * HOUR,
  queue: 30 * MINUTE,
  offer: 15 * SECOND,
  customerJoin: 60 * SECOND,
  call: 20 * MINUTE,
  decision: 4 * HOUR,
  reviewClaim: 30 * MINUTE,
};
