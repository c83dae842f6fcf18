import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import { isFinal } from '../../src/domain/words';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { AnswersProblems } from '../common/problem-doc';
import { CommandSender } from '../temporal/command-sender';
import { ProfileReader } from '../temporal/profile-reader';
import { CaptureLinks } from './capture-links';
import { ProfileCreation } from './profile-creation';
import { Problem } from '../common/problem';
import { listedCases } from './listed';
import { expectInvolved } from './profile-access';
import { viewOfRecord, viewOfState } from './profile-view';
import {
  CancelDto,
  CaptureLinkDto,
  CreatedProfileDto,
  CreateProfileDto,
  ListProfilesDto,
  TimelineQueryDto,
} from './profile.dto';

/** What a client organization does with its cases. */
@ApiTags('profiles')
@ApiBearerAuth()
@AllowedCallers('CLIENT')
@AnswersProblems(401, 403, 422, 503)
@Controller('v1/profiles')
export class ProfilesController {
  constructor(
    private readonly creation: ProfileCreation,
    private readonly commands: CommandSender,
    private readonly reader: ProfileReader,
    private readonly links: CaptureLinks,
    private readonly list: ProfilesRepository,
    private readonly events: TimelineRepository,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Start a KYC',
    description: 'Repeating the same request answers the same case with 200.',
  })
  @ApiResponse({ status: 201, type: CreatedProfileDto })
  @ApiResponse({
    status: 200,
    type: CreatedProfileDto,
    description: 'The same request started it before.',
  })
  @AnswersProblems(409, 504)
  async create(
    @FromCaller() caller: Caller,
    @Body() body: CreateProfileDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreatedProfileDto> {
    const started = await this.creation.create(caller, body);
    response.status(started.created ? 201 : 200);
    if ('record' in started) {
      const { profileId, extReferenceId, profileStatus, seq } = started.record;
      return { profileId, extReferenceId, status: profileStatus, seq };
    }
    const { profileId, extReferenceId, status, seq } = started.state;
    const captureLink = isFinal(status) ? undefined : await this.links.current(started.state);
    return { profileId, extReferenceId, status, seq, ...(captureLink && { captureLink }) };
  }

  @Get()
  @ApiOperation({ summary: 'List cases, newest first' })
  find(@FromCaller() { ouid }: Caller, @Query() query: ListProfilesDto): Promise<object> {
    return listedCases(this.list, this.events, ouid, query);
  }

  @Get(':profileId')
  @AllowedCallers('CLIENT', 'AGENT', 'REVIEWER')
  @ApiOperation({ summary: 'One case: from its workflow, or from the log with asOf' })
  @ApiResponse({ status: 200, description: '`source` says which; `asOf`, how old it is.' })
  @AnswersProblems(404)
  async one(@FromCaller() caller: Caller, @Param('profileId') profileId: string): Promise<object> {
    const found = await this.reader.find(caller.ouid, profileId);
    if (found.state) expectInvolved(caller, found.state);
    else if (caller.kind !== 'CLIENT')
      throw new Problem('TEMPORAL_UNAVAILABLE', 'only the client is served from the log', {
        retryAfter: 2,
      });
    return viewOf(found);
  }

  @Get(':profileId/timeline')
  @ApiOperation({ summary: 'Everything that happened to one case, in order' })
  @ApiResponse({
    status: 200,
    description: '`complete` is false when the log lacks the asked `seq`.',
  })
  @AnswersProblems(404)
  async timeline(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Query() { afterSeq = 0, limit = 200, seq }: TimelineQueryDto,
  ): Promise<object> {
    const { status } = await this.reader.find(caller.ouid, profileId);
    const complete =
      seq === undefined || (await this.events.waitForSeq(caller.ouid, profileId, seq));
    const events = await this.events.timeline(caller.ouid, profileId, { afterSeq, limit });
    return { profileId, status, complete, asOf: events.at(-1)?.occurredAt ?? '', events };
  }

  @Post(':profileId/capture-links')
  @ApiOperation({ summary: 'Issue a new link; older ones die' })
  @ApiResponse({ status: 201, type: CaptureLinkDto })
  @AcceptsIdempotencyKey()
  @AnswersProblems(404, 409, 504)
  async issueLink(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CaptureLinkDto> {
    await this.commands.send(caller, profileId, 'issueLink', {}, { key, body: {} });
    return this.links.current(await this.reader.state(caller.ouid, profileId));
  }

  @Post(':profileId/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a case that is not final' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(404, 409, 504)
  async cancel(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() body: CancelDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return commandAnswer(
      await this.commands.send(caller, profileId, 'cancel', body, {
        key,
        natural: `${profileId} cancel`,
        body,
      }),
    );
  }
}

function viewOf(found: Awaited<ReturnType<ProfileReader['find']>>): object {
  if (found.state) return viewOfState(found.state);
  if (found.record) return viewOfRecord(found.record);
  throw new Problem('PROFILE_UNKNOWN', 'there is no such profile');
}
