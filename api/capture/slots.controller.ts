import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { calendarTime } from '../../src/calendar-time';
import { isoTime } from '../../src/domain/log-row';
import { bookable } from '../../src/domain/profile/scheduling';
import { AllowedCallers, FromCustomer, type CustomerCaller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { fieldProblem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { CommandSender } from '../temporal/command-sender';
import { CaptureSessions } from './capture-sessions';
import { SlotDto, SlotsDto } from './capture.dto';

/** The customer comes back another time. */
@ApiTags('capture')
@ApiBearerAuth()
@AllowedCallers('CUSTOMER')
@AnswersProblems(401, 403)
@Controller('v1/capture')
export class SlotsController {
  constructor(
    private readonly sessions: CaptureSessions,
    private readonly commands: CommandSender,
  ) {}

  @Get('slots')
  @ApiOperation({
    summary: 'When he may come back: the opening hours of his queues, 30 days ahead',
  })
  @ApiResponse({ status: 200, type: SlotsDto })
  async slots(@FromCustomer() caller: CustomerCaller): Promise<SlotsDto> {
    const open = bookable(await this.sessions.stateFor(caller), Date.now());
    return { slots: open.map(({ from, to }) => ({ from: isoTime(from), to: isoTime(to) })) };
  }

  @Post('slot')
  @HttpCode(200)
  @ApiOperation({ summary: 'Book a time to come back; replaces an earlier one' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(409, 422, 504)
  async book(
    @FromCustomer() caller: CustomerCaller,
    @Body() body: SlotDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { captureSessionId, profileId } = caller;
    const at = calendarTime(body.at);
    if (Number.isNaN(at)) throw fieldProblem('at', 'is not a time');
    const input = { captureSessionId, at };
    return commandAnswer(
      await this.commands.send(caller, profileId, 'bookSlot', input, { key, body }),
    );
  }
}
