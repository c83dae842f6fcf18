import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { LogUnavailableError } from '../../clickhouse/errors';
import { ReviewsRepository, type CaseInReview } from '../../clickhouse/reviews.repository';
import { SharedAnswers } from '../../src/shared-answers';
import { profileOfWorkflow, SEARCH_ATTRIBUTES, WORKFLOWS } from '../../workflows/contracts';

/** How old the log's line may be, ms: with every reviewer asking for his own it was half a core's work. */
const LINE_MS = 500;
/** More than this waits in no line that Temporal is asked for. */
const LONGEST = 5_000;

/** A case in a reviewer's line; `mine`: it is in his hands already. */
export interface InLine {
  readonly profileId: string;
  readonly mine: boolean;
}

/** Who waits for a checker: by the log; while that is away, by Temporal's own list. */
@Injectable()
export class ReviewCases {
  private readonly known = new SharedAnswers<readonly CaseInReview[]>(LINE_MS);

  constructor(
    private readonly client: Client,
    private readonly reviews: ReviewsRepository,
  ) {}

  /** In the order in which this reviewer is to have them. */
  async lineFor(ouid: string, reviewerId: string): Promise<readonly InLine[]> {
    try {
      const cases = await this.known.get(ouid, () => this.reviews.line(ouid));
      return turnsOf(cases, reviewerId);
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      return this.runningCases(ouid, reviewerId);
    }
  }

  /** His own case first, then by the age of the case. Decisions do not wait for the log. */
  private async runningCases(ouid: string, reviewerId: string): Promise<readonly InLine[]> {
    const { ouid: ouidName, status, reviewer } = SEARCH_ATTRIBUTES;
    const running = [
      `WorkflowType = '${WORKFLOWS.profile}' AND ExecutionStatus = 'Running'`,
      `${ouidName} = ${quoted(ouid)}`,
    ].join(' AND ');
    const his = `${status} = 'IN_REVIEW' AND ${reviewer} = ${quoted(reviewerId)}`;
    const mine = await this.oldestFirst(`${running} AND ${his}`);
    const waiting = await this.oldestFirst(`${running} AND ${status} = 'REVIEW_PENDING'`);
    return inLine(mine, waiting);
  }

  private async oldestFirst(query: string): Promise<readonly string[]> {
    const found: { readonly profileId: string; readonly at: number }[] = [];
    for await (const run of this.client.workflow.list({ query })) {
      found.push({ profileId: profileOfWorkflow(run.workflowId), at: run.startTime.getTime() });
      if (found.length === LONGEST) break;
    }
    return found.sort((a, b) => a.at - b.at).map(({ profileId }) => profileId);
  }
}

/** What is in his hands first, then what waits; what he has had before comes last. */
function turnsOf(cases: readonly CaseInReview[], reviewerId: string): readonly InLine[] {
  const ids = (wanted: (one: CaseInReview) => boolean): string[] =>
    cases.filter(wanted).map(({ profileId }) => profileId);
  const mine = ids(({ heldBy }) => heldBy === reviewerId);
  const fresh = ids(({ heldBy, hadBy }) => heldBy === '' && !hadBy.includes(reviewerId));
  const had = ids(({ heldBy, hadBy }) => heldBy === '' && hadBy.includes(reviewerId));
  return inLine(mine, [...fresh, ...had]);
}

function inLine(mine: readonly string[], waiting: readonly string[]): readonly InLine[] {
  return [
    ...mine.map((profileId) => ({ profileId, mine: true })),
    ...waiting.map((profileId) => ({ profileId, mine: false })),
  ];
}

/** Ids hold no quote today; a query must not depend on it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
