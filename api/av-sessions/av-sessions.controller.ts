import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import type { ProfileCommandName, ProfileCommands } from '../../src/domain/profile/commands';
import { JoinDto } from '../capture/capture.dto';
import { VideoJoins } from '../capture/video-joins';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { Remarks } from '../common/remarks';
import { Uploads } from '../common/uploads';
import { expectInvolved } from '../profiles/profile-access';
import { viewOfState } from '../profiles/profile-view';
import { CommandSender, type Sameness } from '../temporal/command-sender';
import { ProfileReader } from '../temporal/profile-reader';
import { AddTaskDto, ImageQueryDto, MakerDecisionDto, VerdictDto } from './av-session.dto';
import { taskCheck } from './task-check';

const AV_SESSION_ID = /^([0-9a-f-]{36})\.\d{1,6}$/;

/** What the agent (maker) does with the customer he accepted. */
@ApiTags('av-sessions')
@ApiBearerAuth()
@AllowedCallers('AGENT')
@AnswersProblems(401, 403, 404, 409, 422, 504)
@Controller('v1/av-sessions/:avSessionId')
export class AvSessionsController {
  constructor(
    private readonly commands: CommandSender,
    private readonly reader: ProfileReader,
    private readonly video: VideoJoins,
    private readonly uploads: Uploads,
    private readonly remarks: Remarks,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The case of this call: tasks, documents, status' })
  async one(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
  ): Promise<object> {
    const state = await this.reader.state(caller.ouid, profileOf(avSessionId));
    if (!state.avSessions.some((av) => av.avSessionId === avSessionId)) throw unknownSession();
    expectInvolved(caller, state);
    return viewOfState(state);
  }

  @Post('join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enter the call; the token is for this join' })
  @ApiResponse({ status: 200, type: JoinDto })
  async join(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
  ): Promise<JoinDto> {
    const { id } = await this.send(
      caller,
      avSessionId,
      'joinCall',
      {},
      { key: undefined, body: {} },
    );
    return this.video.join(caller, id);
  }

  @Post('leave')
  @HttpCode(200)
  @ApiOperation({ summary: 'Leave the call without ending it' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  async leave(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
  ): Promise<CommandAnswer> {
    return this.send(caller, avSessionId, 'leaveCall', {}, { key: undefined, body: {} });
  }

  @Post('end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the call for both' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async end(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.send(
      caller,
      avSessionId,
      'endCall',
      {},
      { key, natural: `${avSessionId} end`, body: {} },
    );
  }

  @Post('tasks')
  @ApiOperation({ summary: 'Add something to check' })
  @ApiResponse({ status: 201, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async addTask(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Body() body: AddTaskDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const input = { ...taskCheck(body.check), mandatory: body.mandatory };
    return this.send(caller, avSessionId, 'addTask', input, { key, body });
  }

  @Post('tasks/:taskId/verdict')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say what a check gave; may be corrected until the decision' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async verdict(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Param('taskId') taskId: string,
    @Body() body: VerdictDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const input = { taskId, verdict: body.verdict };
    return this.send(caller, avSessionId, 'setTaskVerdict', input, { key, body: input });
  }

  @Post('images')
  @ApiOperation({
    summary: 'Keep an image captured in the call',
    description: 'The body is the file, up to 15 MB.',
  })
  @ApiConsumes('image/jpeg', 'image/png', 'image/webp')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 201, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(413, 415)
  async image(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Query() { kind }: ImageQueryDto,
    @Req() request: Request,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const profileId = profileOf(avSessionId);
    // Asked first: a stranger's file is not even stored.
    expectInvolved(caller, await this.reader.state(caller.ouid, profileId));
    const reply = await this.uploads.store(
      request,
      caller.ouid,
      profileId,
      ({ blobRef, sha256, bytes, mediaType }) =>
        this.commands.send(
          caller,
          profileId,
          'addImage',
          { avSessionId, kind, blobRef, sha256, bytes, mediaType },
          { key, natural: `${avSessionId} ${kind} ${sha256}`, body: { avSessionId, kind, sha256 } },
        ),
    );
    return commandAnswer(reply);
  }

  @Post('decision')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Decide: APPROVED and REJECTED go to the checker, UTV follows its reason',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async decide(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Body() body: MakerDecisionDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { decision, reason, remark } = body;
    const profileId = profileOf(avSessionId);
    expectInvolved(caller, await this.reader.state(caller.ouid, profileId));
    const remarkRef = await this.remarks.store(
      caller.ouid,
      profileId,
      `maker ${avSessionId}`,
      remark,
    );
    const input = {
      decision,
      ...(reason !== undefined && { reason }),
      ...(remarkRef !== undefined && { remarkRef }),
    };
    return this.send(caller, avSessionId, 'makerDecision', input, {
      key,
      natural: `${avSessionId} decision`,
      body,
    });
  }

  private async send<K extends ProfileCommandName>(
    caller: Caller,
    avSessionId: string,
    name: K,
    input: ProfileCommands[K],
    sameness: Sameness,
  ): Promise<CommandAnswer> {
    return commandAnswer(
      await this.commands.send(
        caller,
        profileOf(avSessionId),
        name,
        { ...input, avSessionId },
        // The same key for another call of this profile is another command.
        { ...sameness, body: { avSessionId, body: sameness.body } },
      ),
    );
  }
}

function profileOf(avSessionId: string): string {
  const [, profileId] = AV_SESSION_ID.exec(avSessionId) ?? [];
  if (profileId === undefined) throw unknownSession();
  return profileId;
}

function unknownSession(): Problem {
  return new Problem('NOT_FOUND', 'there is no such AV session');
}
