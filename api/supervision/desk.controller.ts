import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { isoTime } from '../../src/domain/log-row';
import type { DeskView } from '../../src/domain/desk/view';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { DeskGateway } from '../temporal/desk-gateway';
import { OrganizationReader } from '../temporal/organization-reader';
import { DeskDto, PullAgentDto } from './supervision.dto';

/** The desk as a supervisor sees it: who waits, who works, as of half a second ago. */
@ApiTags('supervision')
@ApiBearerAuth()
@AllowedCallers('SUPERVISOR')
@AnswersProblems(401, 403, 503, 504)
@Controller('v1/supervision')
export class DeskController {
  constructor(
    private readonly desk: DeskGateway,
    private readonly organizations: OrganizationReader,
  ) {}

  @Get('desk')
  @ApiOperation({ summary: 'Who waits and who works, now' })
  @ApiResponse({ status: 200, type: DeskDto })
  async view(@FromCaller() { ouid }: Caller): Promise<DeskDto> {
    return deskDto(await this.desk.view(ouid));
  }

  @Post('agents/:agentId/pull')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take an agent out of the line',
    description:
      'His open offer goes on to the next one; from a call, he leaves when it is decided.',
  })
  @ApiResponse({ status: 200, type: DeskDto })
  @AnswersProblems(404, 409, 422)
  async pull(
    @FromCaller() { ouid, actor }: Caller,
    @Param('agentId') agentId: string,
    @Body() { why }: PullAgentDto,
  ): Promise<DeskDto> {
    // An id that is none of ours must not reach the desk, whose history is in clear.
    const { agents } = await this.organizations.get(ouid);
    if (!agents.some((agent) => agent.agentId === agentId)) {
      throw new Problem('NOT_FOUND', 'the organization has no such agent');
    }
    await this.desk.command(ouid, { name: 'pull', agentId, supervisorId: actor.id, why });
    return deskDto(await this.desk.view(ouid));
  }
}

function deskDto({ queues, agents }: DeskView): DeskDto {
  return {
    queues: queues.map(({ longestSince, closed = '', ...queue }) => ({
      ...queue,
      longestSince: longestSince === undefined ? '' : isoTime(longestSince),
      closed,
    })),
    agents: Object.entries(agents).map(([agentId, agent]) => ({
      agentId,
      state: agent.state,
      since: isoTime(agent.since),
      pauseReason: agent.pauseReason ?? '',
      profileId: agent.offer?.profileId ?? agent.profileId,
    })),
  };
}
