import { Body, Controller, Headers, Param, Post, Sse, type MessageEvent } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { CommandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { AnswersProblems } from '../common/problem-doc';
import { CallStreams } from '../streams/call-streams';
import { ProfileReader } from '../temporal/profile-reader';
import { CaptureRequestDto } from './av-session.dto';
import { AvSessionCommands, callOfAgent, profileOf } from './av-session-commands';

/** Images that the agent asks the customer's device for, and what becomes of them. */
@ApiTags('av-sessions')
@ApiBearerAuth()
@AllowedCallers('AGENT')
@AnswersProblems(401, 403, 404, 503, 504)
@Controller('v1/av-sessions/:avSessionId')
export class CaptureRequestsController {
  constructor(
    private readonly commands: AvSessionCommands,
    private readonly reader: ProfileReader,
    private readonly streams: CallStreams,
  ) {}

  @Post('capture-requests')
  @ApiOperation({
    summary: 'Ask the customer’s device for an image at full camera resolution',
    description:
      '`id` is the request’s. It is open until it is answered, for 60 s unless the policy says ' +
      'otherwise; another one takes its place. Its end comes by the stream of events.',
  })
  @ApiResponse({ status: 201, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(409, 422)
  async ask(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Body() { taskId, kind }: CaptureRequestDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const body = { taskId, kind };
    return this.commands.send(caller, avSessionId, 'requestCapture', body, { key, body });
  }

  @Sse('events')
  @ApiOperation({
    summary: 'The call as a stream of server-sent events',
    description:
      'An event `call` at once and whenever it changes: the room, who is in, the open capture ' +
      'request and what became of the last one, with its documentId. Its id in Last-Event-ID leaves ' +
      'out what you know. `alive` comes every 15 s, `unavailable` while the case does not answer. ' +
      'With `endedAt` the call is over, and the stream ends: do not open it again.',
  })
  @ApiProduces('text/event-stream')
  async events(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Headers('last-event-id') lastEventId = '',
  ): Promise<Observable<MessageEvent>> {
    const state = await this.reader.state(caller.ouid, profileOf(avSessionId));
    callOfAgent(state, avSessionId, caller.actor.id);
    return this.streams.of(state, { avSessionId, may: () => true, lastEventId });
  }
}
