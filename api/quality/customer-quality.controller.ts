import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { lastAv } from '../../src/domain/profile/state';
import { CaptureSessions } from '../capture/capture-sessions';
import { AllowedCallers, FromCustomer, type CustomerCaller } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { CallQuality } from './call-quality';
import { CustomerQualityBatchDto, QualityReceiptDto } from './quality.dto';
import { samplesOf } from './samples';

/** What the customer's page saw of the call. */
@ApiTags('capture')
@ApiBearerAuth()
@AllowedCallers('CUSTOMER')
@AnswersProblems(401, 403, 409, 422, 503)
@Controller('v1/capture/call/quality')
export class CustomerQualityController {
  constructor(
    private readonly sessions: CaptureSessions,
    private readonly quality: CallQuality,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say how the call is: network, statistics, reconnects, errors of the SDK',
    description: 'Of his current call, or the last one. A batch sent again counts once.',
  })
  @ApiResponse({ status: 200, type: QualityReceiptDto })
  async post(
    @FromCustomer() caller: CustomerCaller,
    @Body() { samples: batch, avSessionId }: CustomerQualityBatchDto,
  ): Promise<QualityReceiptDto> {
    const samples = samplesOf(batch, Date.now());
    const state = await this.sessions.stateFor(caller);
    const av = lastAv(state);
    if (!av) throw new Problem('CALL_NOT_OPEN', 'there has been no call yet');
    if (avSessionId !== undefined && avSessionId !== av.avSessionId) {
      throw new Problem('CALL_NOT_OPEN', 'this AV session is not his last one');
    }
    return this.quality.take(state, av, 'CUSTOMER', samples);
  }
}
