import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckerPlan } from '../outcomes';
import type { Progress, Stage } from '../run/stage';
import type { GoodClient } from './good-client';

interface ReviewView {
  readonly documents: readonly { readonly documentId: string; readonly replaced: boolean }[];
  readonly tasks: readonly { readonly taskId: string }[];
  readonly avSession: { readonly avSessionId: string; readonly agentId: string } | null;
}

/** How long who gave a review back leaves it to his colleagues, ms; with none he takes it again. */
const LEAVES_MS = 10_000;

/** What a reviewer does with a case he has claimed: as its script has it. */
export async function reviewCase(stage: Stage, api: GoodClient, profileId: string): Promise<void> {
  const journey = stage.journeyOf(profileId);
  if (!journey) throw new Error(`profile ${profileId} is none of this run's`);
  journey.reviewer = api.who.id;
  if (await stage.reached(profileId, 'IN_REVIEW')) return;
  const review = new Review(stage, api, journey);
  if (await review.passOn()) return;
  await review.checkAndDecide();
}

class Review {
  constructor(
    private readonly stage: Stage,
    private readonly api: GoodClient,
    private readonly journey: Progress,
  ) {}

  /** True when the script wants it to be somebody else's. */
  async passOn(): Promise<boolean> {
    const { passes, script, profileId } = this.journey;
    const me = this.api.who.id;
    const pass = script.outcome.passes[passes];
    if (pass === undefined) return false;
    this.journey.passes += 1;
    if (pass === 'ASSIGNED') {
      await this.stage.outsiders.giveToAnother(profileId, me);
      return true;
    }
    await this.send('releaseReview', 'release', {});
    this.journey.reviewer = '';
    const end = Date.now() + LEAVES_MS;
    const { signal } = this.api.surroundings;
    while (this.journey.reviewer === '' && Date.now() < end) {
      await sleep(50, undefined, { signal });
    }
    return true;
  }

  async checkAndDecide(): Promise<void> {
    const path = `/v1/reviews/${this.journey.profileId}`;
    const { documents, tasks, avSession } = await this.api.get<ReviewView>(path);
    for (const { documentId } of documents.filter((d) => !d.replaced)) {
      await this.send('setReviewVerdict', 'verdicts', { documentId, verdict: 'PASS' });
    }
    for (const { taskId } of tasks) {
      await this.send('setReviewVerdict', 'verdicts', { taskId, verdict: 'PASS' });
    }
    const plan = await this.decide();
    if (plan.sendBackTo === 'MAKER' && avSession) {
      this.stage.askAgain(avSession.agentId, avSession.avSessionId);
    }
  }

  private async decide(): Promise<CheckerPlan> {
    const { script, checks } = this.journey;
    const plans = script.outcome.checks;
    const plan = plans[checks] ?? plans.at(-1) ?? { decision: 'APPROVED' };
    // Counted before it is known: the next checker may be there before this one hears of it.
    this.journey.checks += 1;
    try {
      await this.send('checkerDecision', 'decision', decisionBody(plan));
    } catch (error) {
      this.journey.checks -= 1;
      throw error;
    }
    return plan;
  }

  private async send(
    command: 'setReviewVerdict' | 'checkerDecision' | 'releaseReview',
    route: string,
    json: object,
  ): Promise<void> {
    const { profileId } = this.journey;
    const path = `/v1/reviews/${profileId}/${route}`;
    await this.api.command({ command, path, profileId, json });
  }
}

function decisionBody(plan: CheckerPlan): object {
  return { ...plan, ...(plan.decision !== 'APPROVED' && { remark: 'Not what the bank accepts.' }) };
}
