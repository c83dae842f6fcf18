import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { callOfAgent, profileOf } from '../av-sessions/av-session-commands';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { AnswersProblems } from '../common/problem-doc';
import { ProfileReader } from '../temporal/profile-reader';
import { CallQuality } from './call-quality';
import { QualityBatchDto, QualityReceiptDto } from './quality.dto';
import { samplesOf } from './samples';

/** What the agent's console saw of the call. */
@ApiTags('av-sessions')
@ApiBearerAuth()
@AllowedCallers('AGENT')
@AnswersProblems(401, 403, 404, 409, 422, 503)
@Controller('v1/av-sessions/:avSessionId/quality')
export class AgentQualityController {
  constructor(
    private readonly reader: ProfileReader,
    private readonly quality: CallQuality,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Say how the call is for the agent: network, statistics, reconnects, errors of the SDK',
    description: 'Also after the call. A batch sent again counts once.',
  })
  @ApiResponse({ status: 200, type: QualityReceiptDto })
  async post(
    @FromCaller() { ouid, actor }: Caller,
    @Param('avSessionId') avSessionId: string,
    @Body() { samples: batch }: QualityBatchDto,
  ): Promise<QualityReceiptDto> {
    const samples = samplesOf(batch, Date.now());
    const state = await this.reader.state(ouid, profileOf(avSessionId));
    return this.quality.take(state, callOfAgent(state, avSessionId, actor.id), 'AGENT', samples);
  }
}
