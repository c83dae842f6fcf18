import type { MachineState } from '../journal';
import type { DeskReply, Ticket } from '../messages';
import type { SkillLevels } from '../policy';
import type { CloseReason } from '../words';
import type { Agenda } from './agenda';
import { noBuckets, type Buckets } from './buckets';
import type { DeskNeeds } from './needs';
import type { Order } from './order';

export type ToProfile = { readonly profileId: string; readonly reply: DeskReply };
export type DeskMessages = { profiles: ToProfile };

/** Where a customer is while he waits. */
export type Whereabouts =
  /** At his device. `via`: the API process that holds his stream of events; '' when he asks for himself. */
  | { readonly kind: 'HERE'; readonly via: string }
  /** His stream broke, or its process died, at `since`: he may be back in a moment. */
  | { readonly kind: 'LOST'; readonly since: number }
  /** He went: skipped, and his place is kept for some minutes. */
  | { readonly kind: 'AWAY'; readonly since: number }
  /** He need not stay: he is called when it is his turn. */
  | { readonly kind: 'CALLBACK' }
  /** It is his turn, and he was called. */
  | { readonly kind: 'CALLED'; readonly since: number };

/** A customer in line. */
export interface Waiting {
  readonly ticket: Ticket;
  readonly needs: DeskNeeds;
  readonly since: number;
  readonly until: number;
  readonly offerTimeout: number;
  readonly preferredAgent: string;
  /** The offer that is open for him; '' when none is. One at a time (promise 6). */
  readonly offerId: string;
  readonly where: Whereabouts;
  /** Agents who declined or missed him, each with the epoch ms until which he is not offered again. */
  readonly skip: Readonly<Record<string, number>>;
  /** When something happens to him by itself: he may be offered to more agents, or gives up, epoch ms. */
  readonly due: number | undefined;
}

export interface Offer {
  readonly offerId: string;
  readonly ticket: Ticket;
  readonly expiresAt: number;
  /** Accepted by the agent; provisional until the profile answers. */
  readonly accepted: boolean;
}

export type AgentState = 'FREE' | 'OFFERED' | 'BUSY' | 'WRAP_UP' | 'PAUSED' | 'AWAY';

/** An agent who came online; one call at a time. Offline agents are not kept. */
export interface DeskAgent {
  readonly agentId: string;
  readonly state: AgentState;
  readonly stateSince: number;
  /** Epoch ms since when he is idle; kept over refused assignments, so he does not lose his turn. */
  readonly idleSince: number;
  readonly languages: readonly string[];
  readonly skills: SkillLevels;
  /** Epoch ms; nobody is offered to him after that. Undefined: no end. */
  readonly trainedUntil: number | undefined;
  readonly offer: Offer | undefined;
  readonly busyWith: Ticket | undefined;
  readonly avSessionId: string;
  /** Of the customer he is busy with. */
  readonly queueId: string;
  /** While he is busy: when his customer's profile is asked whether he still is, epoch ms. */
  readonly askAt: number | undefined;
  readonly misses: number;
  /** How long he has after a call before the next one is offered, ms. */
  readonly wrapUpMs: number;
  /** Goes offline, or pauses for this reason, when the call he is in is done. */
  readonly then: 'OFFLINE' | { readonly pause: string } | undefined;
  /** The API process that brings him his offers by a stream of events; '' when he asks for them. */
  readonly via: string;
  /** Epoch ms since when nothing reaches him: his stream broke, or its process died. */
  readonly lostAt: number | undefined;
  /** Why he pauses; '' when he does not. */
  readonly pauseReason: string;
}

/** Rebuilt from customers and agents (`indexed`): what makes a match cheap with thousands in line. */
export interface DeskIndex {
  /** Who can be offered now, by what they need; the longest waiting first. */
  readonly lines: Readonly<Record<string, Order>>;
  /** The same of those who are to be called when it is their turn. */
  readonly callbacks: Readonly<Record<string, Order>>;
  /** How many were called and are not back yet. */
  readonly called: number;
  /** Free agents, by what they can serve; the longest idle first. */
  readonly free: Readonly<Record<string, Order>>;
  /** When something happens to a customer (`c:`), an agent (`a:`) or an API process (`p:`) by itself. */
  readonly agenda: Agenda;
}

/** What a queue's recent calls tell about the next ones. */
export interface Service {
  /** How long one customer takes an agent on average, ms. */
  readonly meanMs: number;
  readonly calls: number;
  /** How long the last one who was served had waited, ms; undefined before the first. */
  readonly lastWaitMs: number | undefined;
}

/** Epoch ms: when the process was last heard of, and until when it need not be. */
export interface Lease {
  readonly at: number;
  readonly until: number;
}

/** A queue that a supervisor closed: nobody waits there until it is opened. */
export interface ClosedQueue {
  readonly since: number;
  readonly why: CloseReason;
}

export interface DeskState extends MachineState<DeskMessages> {
  readonly ouid: string;
  /** By ProfileID. */
  readonly waiting: Buckets<Waiting>;
  readonly agents: Buckets<DeskAgent>;
  readonly index: DeskIndex;
  /** By API process: while it lasts, the streams that it holds count as alive. */
  readonly leases: Readonly<Record<string, Lease>>;
  /** By QueueID. */
  readonly service: Readonly<Record<string, Service>>;
  /** By QueueID. */
  readonly closed: Readonly<Record<string, ClosedQueue>>;
  readonly offersMade: number;
}

export const NO_INDEX: DeskIndex = { lines: {}, callbacks: {}, called: 0, free: {}, agenda: {} };

export function emptyDesk(ouid: string): DeskState {
  return {
    ouid,
    seq: 0,
    outbox: { profiles: [] },
    outboxNext: 1,
    waiting: noBuckets(),
    agents: noBuckets(),
    index: NO_INDEX,
    leases: {},
    service: {},
    closed: {},
    offersMade: 0,
  };
}
