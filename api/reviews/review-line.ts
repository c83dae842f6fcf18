import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import { LogUnavailableError } from '../../clickhouse/errors';
import { ReviewsRepository, type InLine } from '../../clickhouse/reviews.repository';
import type { CommandReply } from '../../src/domain/profile/commands';
import { profileOfWorkflow, SEARCH_ATTRIBUTES, WORKFLOWS } from '../../workflows/contracts';
import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';
import type { ProblemCode } from '../common/problem-types';
import { CommandSender } from '../temporal/command-sender';
import { ProfileReader } from '../temporal/profile-reader';

/** Somebody else has it by now, it went on or is gone, or it is not his to review. */
const PASSED: readonly ProblemCode[] = [
  'WRONG_STATUS',
  'SELF_REVIEW',
  'PROFILE_FINAL',
  'PROFILE_UNKNOWN',
  'COMMAND_LIMIT',
];
/** For how long a case that did not answer (each is waited for 12 s) is passed over, ms. */
const SILENT_MS = 60_000;
/** More than this waits in no line that Temporal is asked for. */
const LONGEST = 5_000;

/**
 * Whose turn it is in the line of reviews. A reviewer is given the oldest case that he may have; he
 * does not pick (a supervisor does). The log says who waits, the case itself has the last word.
 */
@Injectable()
export class ReviewLine {
  /** Cases that this process is claiming at this moment. */
  private readonly asked = new Set<string>();
  /** By reviewer: who asks three times at once is given one case. */
  private readonly giving = new Map<string, Promise<CommandReply | undefined>>();
  /** Cases that did not answer, and until when (epoch ms) they are passed over. */
  private readonly silent = new Map<string, number>();

  constructor(
    private readonly client: Client,
    private readonly reviews: ReviewsRepository,
    private readonly reader: ProfileReader,
    private readonly commands: CommandSender,
  ) {}

  /**
   * Claims the next case for the caller; undefined when none is left for him. Asked again, it answers
   * the case that is in his hands: a claim is repeated without effect, so a lost answer loses nothing.
   *
   * @throws what a case said that did not answer. It is passed over for a while then, so that it does
   * not keep all others from their reviewers.
   */
  next(caller: Caller): Promise<CommandReply | undefined> {
    const who = `${caller.ouid}/${caller.actor.id}`;
    const giving = this.giving.get(who) ?? this.give(caller).finally(() => this.giving.delete(who));
    this.giving.set(who, giving);
    return giving;
  }

  private async give(caller: Caller): Promise<CommandReply | undefined> {
    for (const entry of await this.line(caller.ouid, caller.actor.id)) {
      const { profileId, mine } = entry;
      if (!mine && this.isPassedOver(profileId)) continue;
      try {
        const taken = mine ? await this.held(caller, profileId) : undefined;
        return taken ?? (await this.claim(caller, profileId));
      } catch (error) {
        if (isPassed(error)) continue;
        this.passOver(profileId);
        throw error;
      }
    }
    return undefined;
  }

  /** Somebody is asking for it now: twenty reviewers must not all ask the same case. */
  private isPassedOver(profileId: string): boolean {
    return this.asked.has(profileId) || (this.silent.get(profileId) ?? 0) >= Date.now();
  }

  private passOver(profileId: string): void {
    const now = Date.now();
    for (const [id, until] of this.silent) if (until < now) this.silent.delete(id);
    this.silent.set(profileId, now + SILENT_MS);
  }

  private async claim(caller: Caller, profileId: string): Promise<CommandReply> {
    const sameness = { key: undefined, body: {} };
    this.asked.add(profileId);
    try {
      return await this.commands.send(caller, profileId, 'claimReview', {}, sameness);
    } finally {
      this.asked.delete(profileId);
    }
  }

  /** The case is his already: an update would be one of the 2,000 that a run takes. */
  private async held(
    { ouid, actor }: Caller,
    profileId: string,
  ): Promise<CommandReply | undefined> {
    const { status, seq, review } = await this.reader.state(ouid, profileId);
    if (status !== 'IN_REVIEW' || review?.reviewerId !== actor.id) return undefined;
    return { profileId, status, seq, id: '' };
  }

  private async line(ouid: string, reviewerId: string): Promise<readonly InLine[]> {
    try {
      return await this.reviews.lineFor(ouid, reviewerId);
    } catch (error) {
      if (!(error instanceof LogUnavailableError)) throw error;
      return this.runningCases(ouid, reviewerId);
    }
  }

  /**
   * While the log is away: Temporal's own list, his own case first, then by the age of the case.
   * Decisions do not wait for the log.
   */
  private async runningCases(ouid: string, reviewerId: string): Promise<readonly InLine[]> {
    const { ouid: ouidName, status, reviewer } = SEARCH_ATTRIBUTES;
    const running = [
      `WorkflowType = '${WORKFLOWS.profile}' AND ExecutionStatus = 'Running'`,
      `${ouidName} = ${quoted(ouid)}`,
    ].join(' AND ');
    const his = `${status} = 'IN_REVIEW' AND ${reviewer} = ${quoted(reviewerId)}`;
    const mine = await this.oldestFirst(`${running} AND ${his}`);
    const waiting = await this.oldestFirst(`${running} AND ${status} = 'REVIEW_PENDING'`);
    return [
      ...mine.map((profileId) => ({ profileId, mine: true })),
      ...waiting.map((profileId) => ({ profileId, mine: false })),
    ];
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

/** Ids hold no quote today; a query must not depend on it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function isPassed(error: unknown): boolean {
  return error instanceof Problem && PASSED.includes(error.code);
}
