import {
  Body,
  Controller,
  HttpCode,
  Inject,
  Param,
  Post,
  type RawBodyRequest,
  Req,
} from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Config } from '../../src/config';
import { webhookEvent } from '../../src/video/hundredms/webhook-event';
import { PublicRoute } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { CONFIG } from '../stores/stores.tokens';
import { RoomEvents } from './room-events';
import { isProven } from './webhook-proof';

/** What 100ms tells of rooms, people in them and recordings. It proves itself by a secret header. */
@ApiTags('webhooks')
@PublicRoute()
@AnswersProblems(401, 404, 503)
@Controller('webhooks/100ms')
export class HundredMsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly rooms: RoomEvents,
  ) {}

  /**
   * 200 when the event is durable, and only then: the service takes nothing else for success, and
   * repeats what failed three times within 14 s.
   */
  @Post(':workspace')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take an event of 100ms',
    description:
      'For 100ms alone: with the secret header that its dashboard was given. Types and fields that are unknown are kept; test events are answered and forgotten.',
  })
  @ApiBody({ schema: { type: 'object' } })
  @ApiResponse({
    status: 200,
    schema: { type: 'object', properties: { taken: { type: 'boolean' } } },
  })
  async take(
    @Param('workspace') workspace: string,
    @Req() request: RawBodyRequest<Request>,
    @Body() body: unknown,
  ): Promise<{ taken: boolean }> {
    const settings = this.config.hundredms?.webhooks;
    if (settings?.workspace !== workspace)
      throw new Problem('NOT_FOUND', 'there is no such workspace');
    const proof = {
      header: (name: string) => request.header(name),
      rawBody: request.rawBody ?? new Uint8Array(),
    };
    if (!isProven(settings, proof))
      throw new Problem('CREDENTIAL_INVALID', 'the secret is missing or wrong');
    const event = webhookEvent(body, new Date().toISOString());
    if (event) await this.rooms.take(workspace, event);
    return { taken: event !== undefined };
  }
}
