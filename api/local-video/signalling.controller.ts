import { Body, Controller, Headers, HttpCode, Post, Query, Sse } from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import type { LocalVideoClaims } from '../../src/tokens/claims';
import { LocalRooms } from '../../src/video/local/local-rooms';
import { acrossFrom, type Place } from '../../src/video/local/presence';
import { AllowedCallers, FromPeer } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { CallFacts } from './call-facts';
import { PeerStreams } from './peer-streams';
import { DoneDto, JoinFailureDto, PeerDto, PeerQueryDto, SignalDto, signalOf } from './signal.dto';

const ENDED = 'your connection has ended; open the stream again';

/** How two browsers in one call of the local provider find each other. The credential is the join's token. */
@ApiTags('local video')
@ApiBearerAuth()
@AllowedCallers('PEER')
@AnswersProblems(401, 403, 409, 422, 503)
@Controller('v1/local-video')
export class SignallingController {
  constructor(
    private readonly rooms: LocalRooms,
    private readonly streams: PeerStreams,
    private readonly facts: CallFacts,
  ) {}

  @Sse('events')
  @ApiOperation({
    summary: 'Be connected to the call, and hear from the other side',
    description:
      'An event `room` at once and when the other side comes or goes: `peerId` is your connection, ' +
      '`other` theirs (empty: nobody), `token` what to use from now on. `signal` is a message; its id in ' +
      'Last-Event-ID leaves out what you have. `gone`: another page took your place (REPLACED), or open ' +
      'it again (LOST). `ended`: the call is over. `alive` comes every 15 s. A stream that broke off is ' +
      'opened again within 3 s, with `peer`; else you count as gone. See docs/video-local.md.',
  })
  @ApiProduces('text/event-stream')
  async events(
    @FromPeer() peer: LocalVideoClaims,
    @Query() { peer: wanted = '' }: PeerQueryDto,
    @Headers('last-event-id') lastEventId = '',
  ): Promise<Observable<MessageEvent>> {
    const joined = await this.rooms.presence.join(peer, wanted);
    if (!joined) throw tooMany();
    await this.facts.tell(peer, joined.facts);
    return this.streams.of(peer, joined.peerId, lastEventId);
  }

  @Post('here')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that this page is there, every 5 s',
    description: 'Who is not heard of for 15 s is gone: a network that breaks ends no stream.',
  })
  @ApiResponse({ status: 200, type: DoneDto })
  async here(@FromPeer() peer: LocalVideoClaims, @Body() { peerId }: PeerDto): Promise<DoneDto> {
    await this.rooms.files.requireOpen(peer);
    await this.expectThere(peer, peerId, ENDED);
    if (!(await this.rooms.presence.renew(peer))) throw new Problem('PEER_GONE', ENDED);
    return { done: true };
  }

  @Post('signals')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send the other side an offer, an answer or a candidate',
    description: 'Told in the order of `n`, whatever the order of arrival.',
  })
  @ApiResponse({ status: 200, type: DoneDto })
  async send(@FromPeer() peer: LocalVideoClaims, @Body() body: SignalDto): Promise<DoneDto> {
    const signal = signalOf(body);
    const { peerId, to, n } = body;
    await this.rooms.files.requireOpen(peer);
    await this.expectThere(peer, peerId, ENDED);
    await this.expectThere(acrossFrom(peer), to, 'the other side has another connection, or none');
    await this.rooms.mailbox.put(peer, to, { from: peerId, n, signal });
    return { done: true };
  }

  @Post('hang-up')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that this connection is over',
    description: 'The other side is told at once. It ends the connection, not the call.',
  })
  @ApiResponse({ status: 200, type: DoneDto })
  async hangUp(@FromPeer() peer: LocalVideoClaims, @Body() { peerId }: PeerDto): Promise<DoneDto> {
    await this.expectOwn(peer, peerId);
    const { presence } = this.rooms;
    await this.facts.tell(peer, await presence.leave(peer, peerId, 'CLIENT_REQUEST', Date.now()));
    return { done: true };
  }

  @Post('join-failure')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that the call could not be entered, and why' })
  @ApiResponse({ status: 200, type: DoneDto })
  async joinFailure(
    @FromPeer() peer: LocalVideoClaims,
    @Body() { attemptId, why }: JoinFailureDto,
  ): Promise<DoneDto> {
    const fact = await this.rooms.presence.fail(peer, attemptId, why);
    if (!fact) throw tooMany();
    await this.facts.tell(peer, [fact]);
    return { done: true };
  }

  private async expectThere(place: Place, peerId: string, detail: string): Promise<void> {
    if ((await this.rooms.presence.holder(place)) !== peerId)
      throw new Problem('PEER_GONE', detail);
  }

  /** Also one that has ended: to say so twice is no mistake. */
  private async expectOwn(place: Place, peerId: string): Promise<void> {
    if (await this.rooms.presence.wasOf(place, peerId)) return;
    throw new Problem('PEER_GONE', 'this is no connection of yours');
  }
}

function tooMany(): Problem {
  return new Problem('SIGNAL_LIMIT', 'the call has seen too many connections');
}
