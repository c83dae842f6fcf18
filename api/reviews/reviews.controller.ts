import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import type { ProfileState } from '../../src/domain/profile/state';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { fieldProblem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { Remarks } from '../common/remarks';
import { expectAssigned, expectInvolved } from '../profiles/profile-access';
import { listed } from '../profiles/listed';
import { viewOfState } from '../profiles/profile-view';
import { CommandSender } from '../temporal/command-sender';
import { ProfileReader } from '../temporal/profile-reader';
import { ReviewLine } from './review-line';
import { CheckerDecisionDto, ListReviewsDto, ReviewVerdictDto } from './review.dto';

/** What the reviewer (checker) does: claims, checks every document and task, decides. */
@ApiTags('reviews')
@ApiBearerAuth()
@AllowedCallers('REVIEWER')
@AnswersProblems(401, 403, 404, 409, 422, 503, 504)
@Controller('v1/reviews')
export class ReviewsController {
  constructor(
    private readonly commands: CommandSender,
    private readonly reader: ProfileReader,
    private readonly list: ProfilesRepository,
    private readonly waiting: ReviewLine,
    private readonly remarks: Remarks,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Cases that wait for a checker, or those in your hands',
    description: 'Oldest case first. IN_REVIEW lists yours only.',
  })
  async find(
    @FromCaller() caller: Caller,
    @Query() { status = 'REVIEW_PENDING', limit = 50, cursor }: ListReviewsDto,
  ): Promise<object> {
    const mine = status === 'IN_REVIEW' ? { reviewerId: caller.actor.id } : {};
    const page = { limit, cursor, oldestFirst: true };
    return listed(this.list, caller.ouid, { status, ...mine }, page);
  }

  @Get(':profileId')
  @ApiOperation({ summary: 'The case under review' })
  async one(@FromCaller() caller: Caller, @Param('profileId') profileId: string): Promise<object> {
    const state = await this.reader.state(caller.ouid, profileId);
    expectInvolved(caller, state);
    return viewOfState(state);
  }

  @Post('next')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take the case that has waited longest',
    description:
      'The case in your hands, if you have one: a repeat takes no second. 204 when none waits that ' +
      'you may review. It returns to the line when the claim ends.',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @ApiResponse({ status: 204, description: 'No case waits for you.' })
  async next(
    @FromCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CommandAnswer | undefined> {
    const claimed = await this.waiting.next(caller);
    if (!claimed) response.status(204);
    return claimed && commandAnswer(claimed);
  }

  @Post(':profileId/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give the case back' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async release(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const sameness = { key, body: {} };
    const reply = await this.commands.send(caller, profileId, 'releaseReview', {}, sameness);
    this.waiting.gaveBack(caller, profileId);
    return commandAnswer(reply);
  }

  @Post(':profileId/verdicts')
  @HttpCode(200)
  @ApiOperation({ summary: 'Your verdict on one document or one task' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async verdict(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() body: ReviewVerdictDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    if ((body.documentId === undefined) === (body.taskId === undefined)) {
      throw fieldProblem('documentId', 'give either documentId or taskId');
    }
    return commandAnswer(
      await this.commands.send(caller, profileId, 'setReviewVerdict', body, { key, body }),
    );
  }

  @Post(':profileId/decision')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve or reject, at your discretion' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async decide(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() body: CheckerDecisionDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { remark, ...decision } = body;
    const state = await this.reader.state(caller.ouid, profileId);
    const remarkRef = await this.storeRemark(caller, state, remark);
    const input = { ...decision, ...(remarkRef !== undefined && { remarkRef }) };
    const natural = `${profileId} checker decision ${state.claims ?? 0}`;
    return commandAnswer(
      await this.commands.send(caller, profileId, 'checkerDecision', input, { key, natural, body }),
    );
  }

  private async storeRemark(
    caller: Caller,
    state: ProfileState,
    remark: string | undefined,
  ): Promise<string | undefined> {
    if (remark === undefined) return undefined;
    // A repeat after the decision finds the remark stored; the command tells whether it is a repeat.
    if (!state.checkers?.includes(caller.actor.id)) expectAssigned(caller, state);
    return this.remarks.store(caller.ouid, state.profileId, `checker ${caller.actor.id}`, remark);
  }
}
