import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { LogUnavailableError } from '../../clickhouse/errors';
import { ReviewsRepository } from '../../clickhouse/reviews.repository';
import { profileIdOf, SEARCH_ATTRIBUTES, type EnvelopeReply } from '../../workflows/contracts';
import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';
import type { ProblemCode } from '../common/problem-types';
import { CommandSender } from '../temporal/command-sender';

/** How many cases Temporal is asked for while the log is away: it lists slowly. */
const LISTED = 200;

/**
 * Whose turn it is in the line of reviews. A reviewer is given the oldest case that he may have; he
 * does not pick (a supervisor does). The log says who waits, the case itself has the last word.
 */
@Injectable()
export class ReviewLine {
  constructor(
    private readonly client: Client,
    private readonly reviews: ReviewsRepository,
    private readonly commands: CommandSender,
  ) {}

  /**
   * Claims the next case for the caller; undefined when none is left for him. Asked again, it answers
   * the case that is in his hands: a claim is repeated without effect, so a lost answer loses nothing.
   */
  async next(caller: Caller): Promise<EnvelopeReply | undefined> {
    for (const profileId of await this.line(caller.ouid, caller.actor.id)) {
      try {
        const sameness = { key: undefined, body: {} };
        return await this.commands.send(caller, profileId, 'claimReview', {}, sameness);
      } catch (error) {
        if (!isPassed(error)) throw error;
      }
    }
    return undefined;
  }

  private async line(ouid: string, reviewerId: string): Promise<readonly string[]> {
    try {
      return await this.reviews.lineFor(ouid, reviewerId);
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      return this.runningCases(ouid, reviewerId);
    }
  }

  /** While the log is away: Temporal's own list, his own case first, then the oldest. Decisions do not wait for it. */
  private async runningCases(ouid: string, reviewerId: string): Promise<readonly string[]> {
    const { ouid: ouidName, status, reviewer } = SEARCH_ATTRIBUTES;
    const of = `${ouidName} = '${ouid}' AND ExecutionStatus = 'Running'`;
    const mine = await this.listed(
      `${of} AND ${status} = 'IN_REVIEW' AND ${reviewer} = '${reviewerId}'`,
    );
    return [...mine, ...(await this.listed(`${of} AND ${status} = 'REVIEW_PENDING'`))];
  }

  private async listed(query: string): Promise<readonly string[]> {
    const found: { readonly profileId: string; readonly at: number }[] = [];
    for await (const run of this.client.workflow.list({ query, pageSize: LISTED })) {
      found.push({ profileId: profileIdOf(run.workflowId), at: run.startTime.getTime() });
      if (found.length === LISTED) break;
    }
    return found.sort((a, b) => a.at - b.at).map(({ profileId }) => profileId);
  }
}

/** Somebody else has it by now, it went on or is gone, or it is not his to review. */
const PASSED: readonly ProblemCode[] = [
  'WRONG_STATUS',
  'SELF_REVIEW',
  'PROFILE_FINAL',
  'PROFILE_UNKNOWN',
  'COMMAND_LIMIT',
];

function isPassed(error: unknown): boolean {
  return error instanceof Problem && PASSED.includes(error.code);
}
