import { isFinal, PROFILE_STATUSES } from '../../domain/words';
import type { CallPlan } from '../outcomes';
import { callPlan, type Script } from '../scripts';

/** Agent and customer of one call, as far as they have to hear each other. */
export interface Meeting {
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
}

/**
 * What the actors of a run know of each other: which script a profile follows, how far a call is.
 * In life they would see and hear it.
 */
export class Stage {
  private readonly journeys = new Map<string, Progress>();
  private readonly meetings = new Map<string, Meeting>();
  /** What went wrong in a journey, beyond its end; by ProfileID. */
  readonly troubles = new Map<string, string>();
  /** Journeys all done: agents and reviewers may go home. */
  over = false;

  begin(profileId: string, script: Script): Progress {
    const journey = { script, profileId, status: 'CAPTURE_PENDING' };
    this.journeys.set(profileId, journey);
    return journey;
  }

  /** Somebody else than its customer saw where the journey stands. */
  saw(profileId: string, status: string): void {
    const journey = this.journeys.get(profileId);
    if (journey) journey.status = status;
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
    const known = this.meetings.get(avSessionId) ?? { checked: false, left: false };
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

/** `<ProfileID>.<n>`. */
export function partsOf(avSessionId: string): { profileId: string; attempt: number } {
  const dot = avSessionId.lastIndexOf('.');
  return { profileId: avSessionId.slice(0, dot), attempt: Number(avSessionId.slice(dot + 1)) };
}

/** Whether a journey that stands there is over. */
export function isEnd(status: string): boolean {
  const known = PROFILE_STATUSES.find((s) => s === status);
  return known !== undefined && isFinal(known);
}
