import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { isoTime } from '../../src/domain/log-row';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { PageDto } from '../common/page.dto';
import { AnswersProblems } from '../common/problem-doc';
import { listed } from '../profiles/listed';
import { DeskGateway } from '../temporal/desk-gateway';
import { OrganizationReader } from '../temporal/organization-reader';
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
    private readonly cases: ProfilesRepository,
  ) {}

  @Post('agents/me/online')
  @HttpCode(200)
  @ApiOperation({ summary: 'Come online, or back from away' })
  async online(@FromCaller() caller: Caller): Promise<object> {
    const { agents } = await this.organizations.get(caller.ouid);
    const settings = agents.find((agent) => agent.agentId === caller.actor.id);
    if (!settings) throw new Problem('FORBIDDEN', 'you are not one of this organization’s agents');
    const { agentId, languages, skills } = settings;
    await this.desk.command(caller.ouid, { name: 'online', agentId, languages, skills });
    return this.me(caller);
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
    const agent = (await this.desk.view(caller.ouid)).agents[caller.actor.id];
    if (!agent)
      return {
        agentId: caller.actor.id,
        state: 'OFFLINE',
        offer: null,
        profileId: '',
        avSessionId: '',
      };
    const { state, since, offer, profileId, avSessionId } = agent;
    return {
      agentId: caller.actor.id,
      state,
      since: isoTime(since),
      offer: offer ? { ...offer, expiresAt: isoTime(offer.expiresAt) } : null,
      profileId,
      avSessionId,
    };
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
