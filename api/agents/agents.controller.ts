import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Sse,
  type MessageEvent,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { DEFAULT_PAUSE_REASONS } from '../../src/domain/organization/settings';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { fieldProblem, Problem } from '../common/problem';
import { PageDto } from '../common/page.dto';
import { AnswersProblems } from '../common/problem-doc';
import { listed } from '../profiles/listed';
import { agentView } from '../streams/agent-view';
import { Streams } from '../streams/streams';
import { DeskGateway } from '../temporal/desk-gateway';
import { OrganizationReader } from '../temporal/organization-reader';
import { PauseDto, PauseReasonsDto } from './agents.dto';
import { Assignments, profileOfOffer } from './assignments';

/** What an agent does at the desk: comes, goes, takes or declines the customer he is offered. */
@ApiTags('agents')
@ApiBearerAuth()
@AllowedCallers('AGENT')
@AnswersProblems(401, 403, 404, 409, 503, 504)
@Controller('v1')
export class AgentsController {
  constructor(
    private readonly desk: DeskGateway,
    private readonly organizations: OrganizationReader,
    private readonly assignments: Assignments,
    private readonly streams: Streams,
    private readonly cases: ProfilesRepository,
  ) {}

  @Post('agents/me/online')
  @HttpCode(200)
  @ApiOperation({ summary: 'Come online, or back from away' })
  async online(@FromCaller() caller: Caller): Promise<object> {
    const { agents, policy } = await this.organizations.get(caller.ouid);
    const settings = agents.find((agent) => agent.agentId === caller.actor.id);
    if (!settings) throw new Problem('FORBIDDEN', 'you are not one of this organization’s agents');
    const { agentId, languages, skills, trainedUntil } = settings;
    const via = this.streams.agentVia(caller.ouid, agentId);
    await this.desk.command(caller.ouid, {
      name: 'online',
      agentId,
      languages,
      skills,
      wrapUpMs: policy.timers.wrapUp ?? 0,
      ...(via !== '' && { via }),
      ...(trainedUntil !== undefined && { trainedUntil: Date.parse(trainedUntil) }),
    });
    return this.me(caller);
  }

  @Post('agents/me/pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take a break; from a call, when it is decided',
    description: 'An offer that is open goes on to the next agent.',
  })
  @ApiResponse({ status: 200, description: 'As GET /v1/agents/me.' })
  @AnswersProblems(422)
  async pause(@FromCaller() caller: Caller, @Body() { reason }: PauseDto): Promise<object> {
    const { pauseReasons } = await this.pauseReasons(caller);
    if (!pauseReasons.includes(reason)) {
      throw fieldProblem('reason', `must be one of ${pauseReasons.join(', ')}`);
    }
    await this.desk.command(caller.ouid, { name: 'pause', agentId: caller.actor.id, reason });
    return this.me(caller);
  }

  @Post('agents/me/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Back from a break or from away, or done with the wrap-up early' })
  async resume(@FromCaller() caller: Caller): Promise<object> {
    await this.desk.command(caller.ouid, { name: 'resume', agentId: caller.actor.id });
    return this.me(caller);
  }

  @Get('agents/me/pause-reasons')
  @ApiOperation({ summary: 'Why you may take a break: the organization’s list' })
  @ApiResponse({ status: 200, type: PauseReasonsDto })
  async pauseReasons(@FromCaller() { ouid }: Caller): Promise<PauseReasonsDto> {
    const { pauseReasons = DEFAULT_PAUSE_REASONS } = await this.organizations.get(ouid);
    return { pauseReasons };
  }

  @Post('agents/me/offline')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go offline; from a call, when it is decided' })
  async offline(@FromCaller() caller: Caller): Promise<object> {
    await this.desk.command(caller.ouid, { name: 'offline', agentId: caller.actor.id });
    return this.me(caller);
  }

  @Get('agents/me')
  @ApiOperation({ summary: 'Your state, the customer you are offered, the call you are in' })
  async me(@FromCaller() caller: Caller): Promise<object> {
    const { id } = caller.actor;
    return agentView(id, (await this.desk.view(caller.ouid)).agents[id]);
  }

  @Sse('agents/me/events')
  @ApiOperation({
    summary: 'Your state as a stream of server-sent events',
    description:
      'An event `agent` has the whole of GET /v1/agents/me, at once and whenever it changes; its id ' +
      'in Last-Event-ID leaves out what you know. `alive` comes every 15 s, `unavailable` while the ' +
      'desk does not answer. While it is open offers reach you here; when it breaks you are waited ' +
      'for 60 s, and no offer that did not reach you is a miss of yours.',
  })
  @ApiProduces('text/event-stream')
  events(
    @FromCaller() { ouid, actor }: Caller,
    @Headers('last-event-id') lastEventId = '',
  ): Observable<MessageEvent> {
    return this.streams.ofAgent(ouid, actor.id, lastEventId);
  }

  @Get('agents/me/decisions')
  @ApiOperation({
    summary: 'Cases that wait for your decision, oldest first',
    description: 'After the call, and those a checker sent back to you.',
  })
  decisions(
    @FromCaller() { ouid, actor }: Caller,
    @Query() { limit = 50, cursor }: PageDto,
  ): Promise<object> {
    const mine = { status: 'DECISION_PENDING', agentId: actor.id } as const;
    return listed(this.cases, ouid, mine, { limit, cursor, oldestFirst: true });
  }

  @Post('offers/:offerId/accept')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take the customer',
    description: 'state is PENDING when the profile has not answered within 3 s.',
  })
  async accept(@FromCaller() caller: Caller, @Param('offerId') offerId: string): Promise<object> {
    return this.assignments.accept(caller, offerId);
  }

  @Post('offers/:offerId/decline')
  @HttpCode(200)
  @ApiOperation({ summary: 'Leave the customer to the next agent; he keeps his place' })
  async decline(@FromCaller() caller: Caller, @Param('offerId') offerId: string): Promise<object> {
    profileOfOffer(offerId);
    await this.desk.command(caller.ouid, { name: 'decline', agentId: caller.actor.id, offerId });
    return this.me(caller);
  }
}
