import type { MachineState } from '../journal';
import type { DeskReply, Needs, Ticket } from '../messages';

export type ToProfile = { readonly profileId: string; readonly reply: DeskReply };
export type DeskMessages = { profiles: ToProfile };

/** A customer in line. */
export interface Waiting {
  readonly ticket: Ticket;
  readonly needs: Needs;
  readonly since: number;
  readonly until: number;
  readonly offerTimeout: number;
  readonly preferredAgent: string;
  /** The offer that is open for him; '' when none is. One at a time (promise 6). */
  readonly offerId: string;
  /** Agents who declined or missed him, each with the epoch ms until which he is not offered again. */
  readonly skip: Readonly<Record<string, number>>;
}

export interface Offer {
  readonly offerId: string;
  readonly ticket: Ticket;
  readonly expiresAt: number;
  /** Accepted by the agent; provisional until the profile answers. */
  readonly accepted: boolean;
}

export type AgentState = 'FREE' | 'OFFERED' | 'BUSY' | 'AWAY';

/** An agent who came online; one call at a time. Offline agents are not kept. */
export interface DeskAgent {
  readonly agentId: string;
  readonly state: AgentState;
  readonly stateSince: number;
  /** Epoch ms since when he is idle; kept over refused assignments, so he does not lose his turn. */
  readonly idleSince: number;
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly offer: Offer | undefined;
  readonly busyWith: Ticket | undefined;
  readonly avSessionId: string;
  readonly misses: number;
  /** Goes offline when the call he is in is done. */
  readonly leaving: boolean;
}

export interface DeskState extends MachineState<DeskMessages> {
  readonly ouid: string;
  readonly waiting: readonly Waiting[];
  readonly agents: Readonly<Record<string, DeskAgent>>;
  readonly offersMade: number;
}

export function emptyDesk(ouid: string): DeskState {
  return {
    ouid,
    seq: 0,
    outbox: { profiles: [] },
    outboxNext: 1,
    waiting: [],
    agents: {},
    offersMade: 0,
  };
}
