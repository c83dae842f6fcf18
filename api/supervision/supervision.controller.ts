import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { fieldProblem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { listedCases } from '../profiles/listed';
import { ListProfilesDto } from '../profiles/profile.dto';
import { CommandSender } from '../temporal/command-sender';
import { OrganizationReader } from '../temporal/organization-reader';
import { AssignReviewDto, ReleaseCallDto, RerouteDto } from './supervision.dto';

/** What a supervisor does with cases that do not go by themselves. */
@ApiTags('supervision')
@ApiBearerAuth()
@AnswersProblems(401, 403, 404, 409, 422, 503, 504)
@Controller('v1/supervision/profiles')
export class SupervisionController {
  constructor(
    private readonly commands: CommandSender,
    private readonly list: ProfilesRepository,
    private readonly events: TimelineRepository,
    private readonly organizations: OrganizationReader,
  ) {}

  @Get()
  @AllowedCallers('SUPERVISOR')
  @ApiOperation({
    summary: 'List cases, newest first',
    description: 'E.g. status ON_HOLD, DECISION_PENDING or UNABLE_TO_VERIFY.',
  })
  find(@FromCaller() { ouid }: Caller, @Query() query: ListProfilesDto): Promise<object> {
    return listedCases(this.list, this.events, ouid, query);
  }

  @Post(':profileId/hold')
  @AllowedCallers('SUPERVISOR', 'CLIENT')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put a case aside; its place in line is kept' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  hold(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.send(caller, profileId, 'hold', key);
  }

  @Post(':profileId/release')
  @AllowedCallers('SUPERVISOR', 'CLIENT')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a case on hold go on' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  release(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.send(caller, profileId, 'release', key);
  }

  @Post(':profileId/release-call')
  @AllowedCallers('SUPERVISOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'End a call that is stuck, or whose agent does not decide',
    description:
      'The agent is free. From a call the customer waits for another agent in his old place; when he ' +
      'has left it, he comes back another time.',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async releaseCall(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() body: ReleaseCallDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { why } = body;
    return commandAnswer(
      await this.commands.send(caller, profileId, 'releaseCall', { why }, { key, body }),
    );
  }

  @Post(':profileId/route')
  @AllowedCallers('SUPERVISOR')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a case another queue or priority',
    description:
      'It keeps the time since when it waits, and the route for every later time in line.',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async route(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() body: RerouteDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { queueId, priority, why } = body;
    if (queueId === undefined && priority === undefined) {
      throw fieldProblem('queueId', 'is missing, or priority');
    }
    const input = {
      why,
      ...(queueId !== undefined && { queueId }),
      ...(priority !== undefined && { priority }),
    };
    return commandAnswer(
      await this.commands.send(caller, profileId, 'reroute', input, { key, body }),
    );
  }

  @Post(':profileId/reviewer')
  @AllowedCallers('SUPERVISOR')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a review to a reviewer, whatever its turn' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async assign(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() body: AssignReviewDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { reviewerId } = body;
    const { reviewers } = await this.organizations.get(caller.ouid);
    if (!reviewers.includes(reviewerId)) throw fieldProblem('reviewerId', 'is not a reviewer here');
    const sameness = { key, body };
    return commandAnswer(
      await this.commands.send(caller, profileId, 'assignReview', { reviewerId }, sameness),
    );
  }

  private async send(
    caller: Caller,
    profileId: string,
    name: 'hold' | 'release',
    key: string | undefined,
  ): Promise<CommandAnswer> {
    return commandAnswer(await this.commands.send(caller, profileId, name, {}, { key, body: {} }));
  }
}
