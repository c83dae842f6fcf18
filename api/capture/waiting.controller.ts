import { Controller, Headers, HttpCode, Post, Sse, type MessageEvent } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { AllowedCallers, FromCustomer, type CustomerCaller } from '../common/caller';
import { AnswersProblems } from '../common/problem-doc';
import { Streams } from '../streams/streams';
import { CaptureSessions } from './capture-sessions';
import { PlaceInLineDto } from './capture.dto';
import { WaitingLine } from './waiting-line';

/** What a customer does while he waits in line. */
@ApiTags('capture')
@ApiBearerAuth()
@AllowedCallers('CUSTOMER')
@AnswersProblems(401, 403, 503, 504)
@Controller('v1/capture/waiting')
export class WaitingController {
  constructor(
    private readonly sessions: CaptureSessions,
    private readonly line: WaitingLine,
    private readonly streams: Streams,
  ) {}

  @Post('callback')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Be called instead of waiting; the place is kept',
    description:
      'When it is his turn `callback` becomes CALLED, and he has five minutes to say that he is back.',
  })
  @ApiResponse({ status: 200, type: PlaceInLineDto })
  @AnswersProblems(409)
  async callback(@FromCustomer() caller: CustomerCaller): Promise<PlaceInLineDto> {
    await this.sessions.stateFor(caller);
    await this.line.callback(caller);
    return this.line.placeOf(caller);
  }

  @Post('away')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that he goes; the place is kept for five minutes',
    description:
      'For the page’s end (fetch with keepalive). Who is not in line changes nothing by it.',
  })
  @ApiResponse({ status: 200, description: 'Noted.' })
  async away(@FromCustomer() caller: CustomerCaller): Promise<object> {
    await this.sessions.stateFor(caller);
    await this.line.away(caller);
    return {};
  }

  @Post('back')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that he is there again, called or not' })
  @ApiResponse({ status: 200, type: PlaceInLineDto })
  async back(@FromCustomer() caller: CustomerCaller): Promise<PlaceInLineDto> {
    await this.sessions.stateFor(caller);
    await this.line.back(caller);
    return this.line.placeOf(caller);
  }

  @Sse('events')
  @ApiOperation({
    summary: 'The place in line as a stream of server-sent events',
    description:
      'An event `waiting` at once and whenever it changes; `inLine` false: look at GET /v1/capture. ' +
      '`alive` comes every 15 s, `unavailable` while the desk does not answer. While it is open the ' +
      'customer counts as there; when it breaks he is waited for 60 s, then skipped, and keeps his ' +
      'place for five minutes more.',
  })
  @ApiProduces('text/event-stream')
  async events(
    @FromCustomer() caller: CustomerCaller,
    @Headers('last-event-id') lastEventId = '',
  ): Promise<Observable<MessageEvent>> {
    await this.sessions.stateFor(caller);
    return this.streams.ofCustomer(caller.ouid, caller.profileId, lastEventId);
  }
}
