import {
  Body,
  Controller,
  Headers,
  HttpCode,
  Param,
  Post,
  Req,
  Sse,
  type MessageEvent,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { lastAv } from '../../src/domain/profile/state';
import { AllowedCallers, FromCustomer, type CustomerCaller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { Uploads } from '../common/uploads';
import { CallStreams } from '../streams/call-streams';
import { CommandSender } from '../temporal/command-sender';
import { CaptureSessions, isLoginOf } from './capture-sessions';
import { CaptureFailureDto } from './capture.dto';

/** A frame of a camera: no PDF. */
const IMAGES = ['image/jpeg', 'image/png', 'image/webp'] as const;

/** What the customer's device is asked for during the call. */
@ApiTags('capture')
@ApiBearerAuth()
@AllowedCallers('CUSTOMER')
@AnswersProblems(401, 403, 404, 409, 503, 504)
@Controller('v1/capture/call')
export class CallCaptureController {
  constructor(
    private readonly sessions: CaptureSessions,
    private readonly commands: CommandSender,
    private readonly uploads: Uploads,
    private readonly streams: CallStreams,
  ) {}

  @Post('capture-requests/:requestId/image')
  @ApiOperation({
    summary: 'Send the image that the agent asked for',
    description:
      'The body is the file: a frame at full camera resolution, up to 15 MB. `id` is its ' +
      'documentId. Repeat it as often as needed: the same bytes are one document.',
  })
  @ApiConsumes(...IMAGES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 201, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(413, 415, 422)
  async image(
    @FromCustomer() caller: CustomerCaller,
    @Param('requestId') requestId: string,
    @Req() request: Request,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { ouid, profileId, captureSessionId } = caller;
    const upload = { ouid, profileId, key, about: { requestId }, allowedTypes: IMAGES };
    const reply = await this.uploads.store(request, upload, (file, sameness) => {
      const input = { captureSessionId, requestId, ...file };
      return this.commands.send(caller, profileId, 'answerCapture', input, sameness);
    });
    return commandAnswer(reply);
  }

  @Post('capture-requests/:requestId/failure')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that there will be no image',
    description:
      'No camera, its use denied by the browser, a failure, or the customer does not want to. ' +
      'The agent is told at once, and may ask again.',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(422)
  async failure(
    @FromCustomer() caller: CustomerCaller,
    @Param('requestId') requestId: string,
    @Body() { why }: CaptureFailureDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { captureSessionId, profileId } = caller;
    const input = { captureSessionId, requestId, why };
    const sameness = { key, natural: `${requestId} failure`, body: { requestId, why } };
    return commandAnswer(
      await this.commands.send(caller, profileId, 'failCapture', input, sameness),
    );
  }

  @Sse('events')
  @ApiOperation({
    summary: 'The call as a stream of server-sent events',
    description:
      'Open it when GET /v1/capture shows a call. An event `call` at once and whenever it changes: ' +
      'the room, who is in, the image that is asked for and until when. `alive` comes every 15 s, ' +
      '`unavailable` while the case does not answer. With `endedAt` the call is over, and the stream ' +
      'ends: look at GET /v1/capture. It ends too when another login takes this one’s place.',
  })
  @ApiProduces('text/event-stream')
  async events(
    @FromCustomer() caller: CustomerCaller,
    @Headers('last-event-id') lastEventId = '',
  ): Promise<Observable<MessageEvent>> {
    const state = await this.sessions.stateFor(caller);
    const av = lastAv(state);
    if (!av) throw new Problem('CALL_NOT_OPEN', 'no call was opened yet');
    return this.streams.of(state, {
      avSessionId: av.avSessionId,
      may: (s) => isLoginOf(s, caller.captureSessionId),
      lastEventId,
    });
  }
}
