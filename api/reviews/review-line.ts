import { Injectable } from '@nestjs/common';
import type { CommandReply } from '../../src/domain/profile/commands';
import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';
import type { ProblemCode } from '../common/problem-types';
import { CommandSender } from '../temporal/command-sender';
import { ProfileReader } from '../temporal/profile-reader';
import { ReviewCases } from './review-cases';

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
/** For how long the line may not show that a case was given back, ms: rows are late, lines are shared. */
const UNKNOWN_MS = 2_000;

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
  /** What is passed over, and until when (epoch ms): a case, or one for one reviewer. */
  private readonly until = new Map<string, number>();

  constructor(
    private readonly cases: ReviewCases,
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
    const { ouid, actor } = caller;
    for (const { profileId, mine } of await this.cases.lineFor(ouid, actor.id)) {
      try {
        const held = mine ? await this.held(caller, profileId) : undefined;
        if (held) return held;
        if (!this.isPassedOver(caller, profileId)) return await this.claim(caller, profileId);
      } catch (error) {
        if (isPassed(error)) continue;
        this.passOver(profileId, SILENT_MS);
        throw error;
      }
    }
    return undefined;
  }

  /** He gave it back, which the log does not know yet: he is not to be given it at once. */
  gaveBack({ actor }: Caller, profileId: string): void {
    this.passOver(`${actor.id} ${profileId}`, UNKNOWN_MS);
  }

  /** Also what somebody is asking for now: twenty reviewers must not all ask the same case. */
  private isPassedOver({ actor }: Caller, profileId: string): boolean {
    const until = [profileId, `${actor.id} ${profileId}`].map((key) => this.until.get(key) ?? 0);
    return this.asked.has(profileId) || Math.max(...until) >= Date.now();
  }

  private passOver(key: string, ms: number): void {
    const now = Date.now();
    for (const [old, until] of this.until) if (until < now) this.until.delete(old);
    this.until.set(key, now + ms);
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
}

function isPassed(error: unknown): boolean {
  return error instanceof Problem && PASSED.includes(error.code);
}
