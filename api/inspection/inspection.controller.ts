import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { AnswersProblems } from '../common/problem-doc';
import { Inspection } from './inspection';
import { InspectionDto } from './inspection.dto';

/** A call looked into afterwards, or while it goes on. */
@ApiTags('supervision')
@ApiBearerAuth()
@AllowedCallers('SUPERVISOR')
@AnswersProblems(401, 403, 404, 503)
@Controller('v1/av-sessions/:avSessionId/inspection')
export class InspectionController {
  constructor(private readonly inspection: Inspection) {}

  @Get()
  @ApiOperation({
    summary: 'Everything known of an AV session, in the order of time',
    description:
      'Commands, presence, tasks, captures, decisions, what the clients saw; how the call was for each ' +
      'side, and the cause the system derives from it, beside what the agent said.',
  })
  @ApiResponse({ status: 200, type: InspectionDto })
  one(
    @FromCaller() { ouid }: Caller,
    @Param('avSessionId') avSessionId: string,
  ): Promise<InspectionDto> {
    return this.inspection.of(ouid, avSessionId);
  }
}
