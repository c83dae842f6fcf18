import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { LeaveCause } from '../../src/domain/words';
import { AllowedCallers, FromCustomer, type CustomerCaller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { AnswersProblems } from '../common/problem-doc';
import { CommandSender } from '../temporal/command-sender';
import { JoinDto } from './capture.dto';
import { VideoJoins } from './video-joins';

/** The customer's coming and going in the call. */
@ApiTags('capture')
@ApiBearerAuth()
@AllowedCallers('CUSTOMER')
@AnswersProblems(401, 403, 409, 422, 503, 504)
@Controller('v1/capture/call')
export class CustomerCallController {
  constructor(
    private readonly commands: CommandSender,
    private readonly video: VideoJoins,
  ) {}

  @Post('join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enter the call; the token is for this join' })
  @ApiResponse({ status: 200, type: JoinDto })
  @AcceptsIdempotencyKey()
  async join(
    @FromCustomer() caller: CustomerCaller,
    @IdempotencyKey() key: string | undefined,
  ): Promise<JoinDto> {
    const { captureSessionId, profileId } = caller;
    const input = { captureSessionId };
    const reply = await this.commands.send(caller, profileId, 'joinCall', input, { key, body: {} });
    return this.video.join(caller, reply.id);
  }

  @Post('leave')
  @HttpCode(200)
  @ApiOperation({ summary: 'Leave the call; that ends it' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  leave(
    @FromCustomer() caller: CustomerCaller,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.goFrom(caller, 'LEFT', key);
  }

  @Post('connection-lost')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that the connection to the call is lost',
    description: 'For the page’s beacon. The call waits for him to join again.',
  })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  connectionLost(
    @FromCustomer() caller: CustomerCaller,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    return this.goFrom(caller, 'CONNECTION_LOST', key);
  }

  private async goFrom(
    caller: CustomerCaller,
    cause: LeaveCause,
    key: string | undefined,
  ): Promise<CommandAnswer> {
    const { captureSessionId, profileId } = caller;
    const input = { captureSessionId, cause };
    return commandAnswer(
      await this.commands.send(caller, profileId, 'leaveCall', input, { key, body: { cause } }),
    );
  }
}
