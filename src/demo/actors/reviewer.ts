import type { Stage } from '../run/stage';
import type { GoodClient } from './good-client';
import { Pace, unlessOvertaken } from './pace';
import { reviewCase } from './review';

const SHORTEST_MS = 300;
const LONGEST_MS = 1_200;

/** One reviewer: takes the oldest case, gives a verdict on everything, decides as the script has it. */
export class ReviewerActor {
  private readonly pace: Pace;

  constructor(
    private readonly stage: Stage,
    private readonly api: GoodClient,
  ) {
    this.pace = new Pace(SHORTEST_MS, LONGEST_MS, api.surroundings.signal);
  }

  async work(): Promise<void> {
    while (!this.stage.over) {
      const profileId = await this.take();
      if (profileId !== undefined && (await this.reviewGuarded(profileId))) this.pace.reset();
      else await this.pace.pause();
    }
  }

  /** The oldest case he may have; undefined when none waits. */
  private async take(): Promise<string | undefined> {
    const next = { command: 'claimReview', path: '/v1/reviews/next', profileId: '' } as const;
    return (await this.api.command<{ profileId: string } | undefined>(next))?.profileId;
  }

  /** False when it came to nothing; the case is then given back, for somebody else. */
  private async reviewGuarded(profileId: string): Promise<boolean> {
    try {
      const own = this.stage.scriptOf(profileId) !== undefined;
      if (own) await unlessOvertaken(() => reviewCase(this.stage, this.api, profileId));
      else await this.release(profileId);
      return own;
    } catch (error) {
      if (this.api.surroundings.signal.aborted) throw error;
      this.stage.trouble(profileId, error);
      await this.release(profileId);
      return false;
    }
  }

  private async release(profileId: string): Promise<void> {
    const path = `/v1/reviews/${profileId}/release`;
    await unlessOvertaken(() => this.api.command({ command: 'releaseReview', path, profileId }));
  }
}
