import type { CheckerPlan } from '../outcomes';
import type { Stage } from '../run/stage';
import type { GoodClient } from './good-client';
import { Pace, unlessOvertaken } from './pace';

interface ListedCases {
  readonly items: readonly { readonly profileId: string }[];
}
interface ReviewView {
  readonly documents: readonly { readonly documentId: string; readonly replaced: boolean }[];
  readonly tasks: readonly { readonly taskId: string }[];
}

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
      if (profileId === undefined) {
        await this.pace.pause();
        continue;
      }
      await this.reviewGuarded(profileId);
      this.pace.reset();
    }
  }

  /** Claims the oldest case that none of his colleagues is at. */
  private async take(): Promise<string | undefined> {
    const { items } = await this.api.get<ListedCases>('/v1/reviews?limit=200');
    const oldestFirst = items.map(({ profileId }) => profileId).reverse();
    for (const profileId of oldestFirst) {
      if (!this.stage.takeReview(profileId)) continue;
      const claimed = await unlessOvertaken(() =>
        this.api.command({
          command: 'claimReview',
          path: `/v1/reviews/${profileId}/claim`,
          profileId,
        }),
      );
      if (claimed) return profileId;
      // The list is a little behind the journeys: the case may be decided already.
      this.stage.leaveReview(profileId);
    }
    return undefined;
  }

  private async reviewGuarded(profileId: string): Promise<void> {
    try {
      await unlessOvertaken(() => this.review(profileId));
    } catch (error) {
      if (this.api.surroundings.signal.aborted) throw error;
      this.stage.trouble(profileId, error);
    } finally {
      this.stage.leaveReview(profileId);
    }
  }

  private async review(profileId: string): Promise<void> {
    const plan = this.stage.scriptOf(profileId)?.outcome.checker ?? { decision: 'APPROVED' };
    const { documents, tasks } = await this.api.get<ReviewView>(`/v1/reviews/${profileId}`);
    for (const { documentId } of documents.filter((d) => !d.replaced)) {
      await this.send('setReviewVerdict', profileId, 'verdicts', { documentId, verdict: 'PASS' });
    }
    for (const { taskId } of tasks) {
      await this.send('setReviewVerdict', profileId, 'verdicts', { taskId, verdict: 'PASS' });
    }
    await this.send('checkerDecision', profileId, 'decision', decisionBody(plan));
  }

  private async send(
    command: 'setReviewVerdict' | 'checkerDecision',
    profileId: string,
    route: string,
    json: object,
  ): Promise<void> {
    const path = `/v1/reviews/${profileId}/${route}`;
    await this.api.command({ command, path, profileId, json });
  }
}

function decisionBody({ decision, reason, overrideReason }: CheckerPlan): object {
  return {
    decision,
    ...(reason !== undefined && { reason }),
    ...(overrideReason !== undefined && { overrideReason }),
    ...(decision === 'REJECTED' && { remark: 'Not what the bank accepts.' }),
  };
}
