import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { isoTime } from '../../src/domain/log-row';
import type { DeskView } from '../../src/domain/desk/view';
import type { CloseReason } from '../../src/domain/words';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { DeskGateway } from '../temporal/desk-gateway';
import { OrganizationReader } from '../temporal/organization-reader';
import { CloseQueueDto, DeskDto, PullAgentDto } from './supervision.dto';

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

  @Post('queues/:queueId/close')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close a queue until it is opened again',
    description: 'Who waits there comes back another time, in his place; open offers are answered.',
  })
  @ApiResponse({ status: 200, type: DeskDto })
  @AnswersProblems(404, 422)
  async close(
    @FromCaller() caller: Caller,
    @Param('queueId') queueId: string,
    @Body() { why }: CloseQueueDto,
  ): Promise<DeskDto> {
    return this.switchQueue(caller, queueId, { name: 'closeQueue', why });
  }

  @Post('queues/:queueId/open')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open a queue that was closed' })
  @ApiResponse({ status: 200, type: DeskDto })
  @AnswersProblems(404)
  async open(@FromCaller() caller: Caller, @Param('queueId') queueId: string): Promise<DeskDto> {
    return this.switchQueue(caller, queueId, { name: 'openQueue' });
  }

  private async switchQueue(
    { ouid, actor }: Caller,
    queueId: string,
    command: { name: 'closeQueue'; why: CloseReason } | { name: 'openQueue' },
  ): Promise<DeskDto> {
    const { policy } = await this.organizations.get(ouid);
    if (!policy.queues.some((queue) => queue.queueId === queueId)) {
      throw new Problem('NOT_FOUND', 'the organization has no such queue');
    }
    await this.desk.command(ouid, { ...command, queueId, supervisorId: actor.id });
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
