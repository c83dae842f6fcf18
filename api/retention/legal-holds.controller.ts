import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RetentionRepository, type RetentionReport } from '../../clickhouse/retention.repository';
import { isForbiddenReference } from '../../src/details/reference';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { fieldProblem, Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { ProfileReader } from '../temporal/profile-reader';
import { RetentionCommands } from './retention-commands';
import { LegalHoldDto, RetentionAnswer, RetentionReportDto } from './retention.dto';

const HOLD_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What stops retention, and what it will do. A person sets and lifts a hold, not a client's key. */
@ApiTags('retention')
@ApiBearerAuth()
@AllowedCallers('SUPERVISOR')
@AnswersProblems(401, 403, 503)
@Controller('v1/supervision')
export class LegalHoldsController {
  constructor(
    private readonly commands: RetentionCommands,
    private readonly profiles: ProfileReader,
    private readonly retention: RetentionRepository,
  ) {}

  @Get('retention')
  @ApiOperation({
    summary: 'What expires when, and what is held',
    description: 'As the log knows it. What has expired is not counted, though it may be there.',
  })
  @ApiResponse({ status: 200, type: RetentionReportDto })
  report(@FromCaller() { ouid }: Caller): Promise<RetentionReport> {
    return this.retention.report(ouid);
  }

  @Post('legal-holds')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Set a legal hold on a case, or on everything of the organization',
    description: 'Nothing of it expires while any hold is on it. Setting it again changes nothing.',
  })
  @ApiResponse({ status: 200, type: RetentionAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(404, 409, 422, 504)
  async set(
    @FromCaller() caller: Caller,
    @Body() { holdId, profileId = '' }: LegalHoldDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<RetentionAnswer> {
    if (isForbiddenReference(holdId)) throw fieldProblem('holdId', 'must not be personal data');
    if (profileId !== '') await this.profiles.find(caller.ouid, profileId);
    return this.commands.send(caller, { name: 'setHold', holdId, profileId }, key);
  }

  @Post('legal-holds/:holdId/lift')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Lift a legal hold',
    description: 'What had waited for it expires at once, unless another hold is on it.',
  })
  @ApiResponse({ status: 200, type: RetentionAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(404, 409, 422, 504)
  async lift(
    @FromCaller() caller: Caller,
    @Param('holdId') holdId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<RetentionAnswer> {
    // What cannot be an id must not reach a history, which is in clear.
    if (!HOLD_ID.test(holdId) || isForbiddenReference(holdId)) {
      throw new Problem('HOLD_UNKNOWN', 'no hold of this id is set');
    }
    return this.commands.send(caller, { name: 'liftHold', holdId }, key);
  }
}
