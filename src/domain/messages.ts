import type { RelaxationStep, Skills } from './policy';

/**
 * The contract between a profile and the desk of its organization. A ticket is (ProfileID, n), n
 * growing with each time in line; both sides ignore a lower n. The desk only proposes: an
 * assignment is the profile's to confirm or refuse.
 */
export interface Ticket {
  readonly profileId: string;
  readonly n: number;
}

/** What an agent must bring to serve a customer. */
export interface Needs {
  readonly queueId: string;
  readonly queueName: string;
  readonly language: string;
  readonly skills: Skills;
  /** Higher is served first. */
  readonly priority: number;
  /** How what is asked becomes less while he waits. */
  readonly relaxation?: readonly RelaxationStep[];
}

export type DeskMessage =
  | {
      readonly kind: 'enqueue';
      readonly ticket: Ticket;
      readonly needs: Needs;
      /** Epoch ms of the first time in line: a re-queued customer keeps it. */
      readonly since: number;
      /** Epoch ms at which the desk gives up and answers `waitExpired`. */
      readonly until: number;
      /** How long an agent has to accept, ms. */
      readonly offerTimeout: number;
      readonly preferredAgent?: string;
    }
  | { readonly kind: 'withdraw'; readonly ticket: Ticket }
  | {
      readonly kind: 'confirm';
      readonly ticket: Ticket;
      readonly offerId: string;
      readonly avSessionId: string;
      /** How long he can be busy with it at most, ms; then the desk asks. Unset: it does not ask. */
      readonly heldFor?: number;
    }
  | {
      readonly kind: 'refuse';
      readonly ticket: Ticket;
      readonly offerId: string;
      readonly why: string;
    }
  | { readonly kind: 'release'; readonly ticket: Ticket }
  /** The profile's run was stopped: whatever it had with the desk is over. `n` is of no account. */
  | { readonly kind: 'forget'; readonly ticket: Ticket };

export type DeskReply =
  | {
      readonly kind: 'assign';
      readonly ticket: Ticket;
      readonly offerId: string;
      readonly agentId: string;
    }
  | {
      readonly kind: 'waitExpired';
      readonly ticket: Ticket;
      /** Unset: his time was over. */
      readonly why?: WaitEnd;
    }
  /** Is the agent still busy with this ticket? One that is not held any more is released again. */
  | { readonly kind: 'ask'; readonly ticket: Ticket };

/** Why the desk gave up: the line was full, its queue closed, the customer did not come back in time. */
export type WaitEnd = 'FULL' | 'CLOSED' | 'AWAY';

/** What a profile asks of the video provider; carried out by activities, in order. */
export type VideoMessage =
  | { readonly kind: 'openRoom'; readonly avSessionId: string }
  /** Only where rooms do not record by themselves. */
  | { readonly kind: 'startRecording'; readonly avSessionId: string }
  | { readonly kind: 'stopRecording'; readonly avSessionId: string }
  | { readonly kind: 'closeRoom'; readonly avSessionId: string };

/** Something to be delivered: it leaves its sender's state only when it was acknowledged. */
export interface OutboxEntry<M> {
  readonly id: number;
  readonly message: M;
}
