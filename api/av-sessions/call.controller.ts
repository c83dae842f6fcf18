import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { LeaveCause } from '../../src/domain/words';
import { JoinDto } from '../capture/capture.dto';
import { VideoJoins } from '../capture/video-joins';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { CommandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { AnswersProblems } from '../common/problem-doc';
import { AvSessionCommands } from './av-session-commands';

/** The agent's coming and going in the call. */
@ApiTags('av-sessions')
@ApiBearerAuth()
@AllowedCallers('AGENT')
@AnswersProblems(401, 403, 404, 409, 422, 503, 504)
@Controller('v1/av-sessions/:avSessionId')
export class CallController {
  constructor(
    private readonly commands: AvSessionCommands,
    private readonly video: VideoJoins,
  ) {}

  @Post('join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enter the call; the token is for this join' })
  @ApiResponse({ status: 200, type: JoinDto })
  @AcceptsIdempotencyKey()
  async join(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<JoinDto> {
    const { id } = await this.commands.send(caller, avSessionId, 'joinCall', {}, { key, body: {} });
    return this.video.join(caller, id);
  }

  @Post('leave')
  @HttpCode(200)
  @ApiOperation({ summary: 'Leave the call without ending it' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async leave(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.goFrom(caller, avSessionId, 'LEFT', key);
  }

  @Post('connection-lost')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Your connection to the call broke',
    description: 'For the console’s beacon. The call waits for you to join again.',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async connectionLost(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.goFrom(caller, avSessionId, 'CONNECTION_LOST', key);
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
    return this.commands.send(
      caller,
      avSessionId,
      'endCall',
      {},
      { key, natural: `${avSessionId} end`, body: {} },
    );
  }

  @Post('recording/start')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Have the call recorded after all',
    description:
      'Only where recording does not begin by itself: there the system has it begun when both are in, ' +
      'and this is for a call whose recording failed to. Once more it changes nothing. It ends with the call.',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async record(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.commands.send(caller, avSessionId, 'startRecording', {}, { key, body: {} });
  }

  private goFrom(
    caller: Caller,
    avSessionId: string,
    cause: LeaveCause,
    key: string | undefined,
  ): Promise<CommandAnswer> {
    const sameness = { key, body: { cause } };
    return this.commands.send(caller, avSessionId, 'leaveCall', { cause }, sameness);
  }
}
