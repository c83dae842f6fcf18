import type { CancelReason, ProfileStatus } from '../../domain/words';
import type { CallPlan } from '../outcomes';
import { callPlan, type Script } from '../scripts';

/** Agent and customer of one call, as far as they have to see and hear each other. */
export interface Meeting {
  /** Both are in. */
  begun: boolean;
  /** The customer lost his connection and is in again. */
  back: boolean;
  /** The agent has seen all he wanted: the customer may hang up. */
  checked: boolean;
  /** The customer has hung up. */
  left: boolean;
}

/** What is known of one journey while it runs. */
export interface Progress {
  readonly script: Script;
  readonly profileId: string;
  /** Where its customer saw it last. */
  status: string;
  /** Where it was put on hold so far. */
  readonly heldAt: Set<ProfileStatus>;
  /** How many checkers have decided, sendings back included. */
  checks: number;
  /** How many claims of its review were passed on as the script wants it. */
  passes: number;
  /** Who claimed its review last. */
  reviewer: string;
}

/** People who can step into a journey from outside. */
export interface Outsiders {
  readonly cancel: (profileId: string, why: CancelReason) => Promise<void>;
  readonly hold: (profileId: string) => Promise<void>;
  /** The supervisor gives its review to another reviewer. */
  readonly giveToAnother: (profileId: string, reviewerId: string) => Promise<void>;
}

/**
 * What the actors of a run know of each other: which script a profile follows, how far a call is.
 * In life they would see and hear it.
 */
export class Stage {
  private readonly journeys = new Map<string, Progress>();
  private readonly meetings = new Map<string, Meeting>();
  private readonly sentBack = new Map<string, string[]>();
  /** What went wrong in a journey, beyond its end; by ProfileID. */
  readonly troubles = new Map<string, string>();
  /** Journeys all done: agents and reviewers may go home. */
  over = false;

  constructor(readonly outsiders: Outsiders) {}

  begin(profileId: string, script: Script): Progress {
    const journey = {
      script,
      profileId,
      status: 'CAPTURE_PENDING',
      heldAt: new Set<ProfileStatus>(),
      checks: 0,
      passes: 0,
      reviewer: '',
    };
    this.journeys.set(profileId, journey);
    return journey;
  }

  /**
   * The case stands there, as whoever acts on it knows: time for its client or the supervisor to step
   * in, when the script says so. True when one did: there is nothing more to do on it now.
   */
  async reached(profileId: string, status: ProfileStatus): Promise<boolean> {
    const journey = this.journeys.get(profileId);
    if (!journey) return false;
    const { held, cancelled } = journey.script.outcome;
    const hold = held.includes(status) && !journey.heldAt.has(status);
    if (hold) {
      journey.heldAt.add(status);
      await this.outsiders.hold(profileId);
    }
    const cancel = cancelled === status || (hold && cancelled === 'ON_HOLD');
    if (cancel) await this.outsiders.cancel(profileId, cancelReasonAt(status));
    return hold || cancel;
  }

  /** Whether the supervisor may let it go on: what is to be cancelled on hold stays there until then. */
  mayRelease(profileId: string): boolean {
    const script = this.scriptOf(profileId);
    return script !== undefined && script.outcome.cancelled !== 'ON_HOLD';
  }

  /** A checker wants the agent to decide once more on the evidence at hand. */
  askAgain(agentId: string, avSessionId: string): void {
    this.sentBack.set(agentId, [...(this.sentBack.get(agentId) ?? []), avSessionId]);
  }

  /** The calls this agent is asked to decide once more, each told once. */
  takeSentBack(agentId: string): readonly string[] {
    const asked = this.sentBack.get(agentId) ?? [];
    this.sentBack.delete(agentId);
    return asked;
  }

  /** Somebody else than its customer saw where the journey stands. */
  saw(profileId: string, status: string): void {
    const journey = this.journeys.get(profileId);
    if (journey) journey.status = status;
  }

  journeyOf(profileId: string): Progress | undefined {
    return this.journeys.get(profileId);
  }

  scriptOf(profileId: string): Script | undefined {
    return this.journeys.get(profileId)?.script;
  }

  /** What is to happen in this call; undefined for a profile that is none of this run's. */
  planOf(avSessionId: string): CallPlan | undefined {
    const { profileId, attempt } = partsOf(avSessionId);
    const script = this.scriptOf(profileId);
    return script && callPlan(script, attempt);
  }

  meeting(avSessionId: string): Meeting {
    const known = this.meetings.get(avSessionId) ?? {
      begun: false,
      back: false,
      checked: false,
      left: false,
    };
    this.meetings.set(avSessionId, known);
    return known;
  }

  trouble(profileId: string, error: unknown): void {
    this.troubles.set(profileId, error instanceof Error ? error.message : String(error));
  }

  statuses(): string[] {
    return [...this.journeys.values()].map(({ status }) => status);
  }
}

function cancelReasonAt(status: ProfileStatus): CancelReason {
  if (status === 'CAPTURE_PENDING') return 'CREATED_IN_ERROR';
  return status === 'CAPTURE_IN_PROGRESS' ? 'CUSTOMER_WITHDREW' : 'CLIENT_REQUEST';
}

/** `<ProfileID>.<n>`. */
export function partsOf(avSessionId: string): { profileId: string; attempt: number } {
  const dot = avSessionId.lastIndexOf('.');
  return { profileId: avSessionId.slice(0, dot), attempt: Number(avSessionId.slice(dot + 1)) };
}
