import type { OpeningHours } from './openings';
import type { DetailField, DocumentKind } from './words';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long each wait lasts, ms (defaults: docs/architecture.md, "Timers"). */
export interface Timers {
  readonly captureLink: number;
  readonly queue: number;
  readonly offer: number;
  readonly customerJoin: number;
  /** How long somebody may be gone from the call before it counts as dropped. */
  readonly disconnectGrace: number;
  readonly call: number;
  /** For the customer's client to send what the agent asked for; CAPTURE_REQUEST_MS if not given. */
  readonly captureRequest?: number;
  /** After the call: the agent is reminded, then it is the supervisor's. */
  readonly decisionReminder: number;
  readonly decisionEscalation: number;
  /** After the call; then the case is scheduled with a callback. */
  readonly decision: number;
  /** After the decision, before the agent is offered the next customer; none if not given. */
  readonly wrapUp?: number;
  /** After a booked slot's time. */
  readonly slot: number;
  readonly reviewClaim: number;
  /** From a call's end until its recording is given up; 15 minutes if not given. */
  readonly recording?: number;
  /** How often a case on hold comes up on the supervisor's list. */
  readonly hold: number;
}

/** After so long in line, less is asked of an agent: levels first, the language last, never nothing. */
export interface RelaxationStep {
  readonly afterMs: number;
  /** How much lower than asked an agent's levels may be; 1 is still asked. */
  readonly levelsLower?: number;
  /** Skills that are no longer asked for. */
  readonly dropSkills?: readonly string[];
  /** Other languages that an agent may speak instead. */
  readonly languages?: readonly string[];
}

/** Skill → level, 1 to 5; a list means the lowest level of each. */
export type Skills = readonly string[] | SkillLevels;
export type SkillLevels = Readonly<Record<string, number>>;

export function levelsOf(skills: Skills): SkillLevels {
  if (!isList(skills)) return skills;
  return Object.fromEntries(skills.map((skill) => [skill, 1]));
}

function isList(skills: Skills): skills is readonly string[] {
  return Array.isArray(skills);
}

/** Where customers wait. A queue fits when it speaks the language and has every asked-for skill. */
export interface Queue {
  readonly queueId: string;
  readonly queueName: string;
  readonly languages: readonly string[];
  /** What may be asked for here, with the level that an agent then needs. */
  readonly skills: Skills;
  /** Higher is served first. */
  readonly priority: number;
  /** How long an agent has to accept, ms; the policy's `offer` timer if not given. */
  readonly offerTimeoutMs?: number;
  /** How long somebody waits here at most, ms; the policy's `queue` timer if not given. */
  readonly maxWaitMs?: number;
  readonly relaxation?: readonly RelaxationStep[];
  /** When customers are put in line here; always if not given. */
  readonly openingHours?: OpeningHours;
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
  /** AV sessions spoiled from the customer's side before the case ends. */
  readonly maxAttempts: number;
  /** The same for those that we, the agent or a source spoiled: they don't count against him. */
  readonly maxSystemAttempts: number;
  /** Of 100 reviews, how many are done twice, the second without knowing the first. */
  readonly blindReviewPercent: number;
  readonly maxDocuments: number;
  readonly maxTasks: number;
}

/** A person turns a card to the light, and a slow line carries some megabytes. */
export const CAPTURE_REQUEST_MS = 60 * SECOND;

export const DEFAULT_TIMERS: Timers = {
  captureLink: 72 * HOUR,
  queue: 30 * MINUTE,
  offer: 15 * SECOND,
  customerJoin: 60 * SECOND,
  disconnectGrace: 60 * SECOND,
  call: 20 * MINUTE,
  decisionReminder: 15 * MINUTE,
  decisionEscalation: 30 * MINUTE,
  decision: 4 * HOUR,
  slot: 10 * MINUTE,
  reviewClaim: 30 * MINUTE,
  hold: 7 * DAY,
};
