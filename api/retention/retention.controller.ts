import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RetentionRepository } from '../../clickhouse/retention.repository';
import { calendarTime } from '../../src/calendar-time';
import { isoTime } from '../../src/domain/log-row';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { fieldProblem, Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { PROFILE_ID_PATTERN } from '../../src/ports/blob-store';
import { ProfileReader, unknownProfile } from '../temporal/profile-reader';
import { RetentionCommands } from './retention-commands';
import { ProfileRetentionDto, RelationshipEndedDto, RetentionAnswer } from './retention.dto';

/** The log keeps times up to then (clickhouse/log-columns.ts). */
const LAST = Date.UTC(2100, 0);

/** How long a case is kept. */
@ApiTags('retention')
@ApiBearerAuth()
@AnswersProblems(401, 403, 404, 503)
@Controller('v1/profiles')
export class RetentionController {
  constructor(
    private readonly commands: RetentionCommands,
    private readonly profiles: ProfileReader,
    private readonly retention: RetentionRepository,
  ) {}

  @Post(':profileId/relationship-ended')
  @AllowedCallers('CLIENT')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Report that the relationship with the customer of an approved case is over',
    description:
      'From then on the years of the organization’s policy count. Repeating it changes nothing; ' +
      'with another date that one counts.',
  })
  @ApiResponse({ status: 200, type: RetentionAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(409, 422, 504)
  async relationshipEnded(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() body: RelationshipEndedDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<RetentionAnswer> {
    const at = calendarTime(body.endedAt);
    // 0 stands for none in the log.
    if (!(at > 0 && at < LAST)) throw fieldProblem('endedAt', 'is no time of this century');
    const { status } = await this.profiles.find(caller.ouid, profileId);
    if (status !== 'APPROVED') {
      throw new Problem('WRONG_STATUS', `the profile is ${status}; this needs APPROVED`);
    }
    const command = { name: 'endRelationship', profileId, endedAt: isoTime(at) } as const;
    return this.commands.send(caller, command, key);
  }

  @Get(':profileId/retention')
  @AllowedCallers('CLIENT', 'SUPERVISOR')
  @ApiOperation({ summary: 'When the rows of one case disappear, as the log knows it' })
  @ApiResponse({ status: 200, type: ProfileRetentionDto })
  async ofProfile(
    @FromCaller() { ouid }: Caller,
    @Param('profileId') profileId: string,
  ): Promise<ProfileRetentionDto> {
    const known =
      PROFILE_ID_PATTERN.test(profileId) && (await this.retention.ofProfile(ouid, profileId));
    if (!known) throw unknownProfile();
    return { profileId, ...known, holds: [...known.holds] };
  }
}
