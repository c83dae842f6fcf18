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
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { CommandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { AnswersProblems } from '../common/problem-doc';
import { Remarks } from '../common/remarks';
import { Uploads } from '../common/uploads';
import { expectInvolved } from '../profiles/profile-access';
import { viewOfState } from '../profiles/profile-view';
import { captureRequestsOf } from '../streams/call-view';
import { ProfileReader } from '../temporal/profile-reader';
import { AddTaskDto, ImageQueryDto, MakerDecisionDto, VerdictDto } from './av-session.dto';
import { AvSessionCommands, profileOf, unknownSession } from './av-session-commands';
import { taskCheck } from './task-check';

/** What the agent (maker) does with the customer he accepted. */
@ApiTags('av-sessions')
@ApiBearerAuth()
@AllowedCallers('AGENT')
@AnswersProblems(401, 403, 404, 409, 422, 504)
@Controller('v1/av-sessions/:avSessionId')
export class AvSessionsController {
  constructor(
    private readonly commands: AvSessionCommands,
    private readonly reader: ProfileReader,
    private readonly uploads: Uploads,
    private readonly remarks: Remarks,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The case of this call: tasks, documents, status, whether it is recorded',
  })
  async one(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
  ): Promise<object> {
    const state = await this.reader.state(caller.ouid, profileOf(avSessionId));
    const av = state.avSessions.find((session) => session.avSessionId === avSessionId);
    if (!av) throw unknownSession();
    expectInvolved(caller, state);
    const captureRequests = captureRequestsOf(state, avSessionId);
    const recording = av.recording?.state ?? 'NOT_EXPECTED';
    return { ...viewOfState(state), captureRequests, recording };
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
    return this.commands.send(caller, avSessionId, 'addTask', input, { key, body });
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
    return this.commands.send(caller, avSessionId, 'setTaskVerdict', input, { key, body: input });
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
    const { ouid } = caller;
    const upload = { ouid, profileId, key, within: avSessionId, about: { kind } };
    return this.uploads.store(request, upload, (file, sameness) =>
      this.commands.send(caller, avSessionId, 'addImage', { kind, ...file }, sameness),
    );
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
    const state = await this.reader.state(caller.ouid, profileId);
    expectInvolved(caller, state);
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
    return this.commands.send(caller, avSessionId, 'makerDecision', input, {
      key,
      natural: `${avSessionId} decision ${state.sendBacks ?? 0}`,
      body,
    });
  }
}
