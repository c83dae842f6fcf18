import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { AllowedCallers, FromCustomer, PublicRoute, type CustomerCaller } from '../common/caller';
import { CommandAnswer, commandAnswer } from '../common/command-answer';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { AnswersProblems } from '../common/problem-doc';
import { Uploads } from '../common/uploads';
import { CommandSender } from '../temporal/command-sender';
import { CaptureSessions } from './capture-sessions';
import { captureView } from './capture-view';
import {
  CaptureSessionDto,
  ConsentDto,
  DocumentQueryDto,
  OpenSessionDto,
  LanguageDto,
  SubmitDto,
} from './capture.dto';
import { WaitingLine } from './waiting-line';

/** What the customer does, through the capture window. */
@ApiTags('capture')
@ApiBearerAuth()
@AllowedCallers('CUSTOMER')
@AnswersProblems(401, 403, 409, 422, 504)
@Controller('v1/capture')
export class CaptureController {
  constructor(
    private readonly sessions: CaptureSessions,
    private readonly commands: CommandSender,
    private readonly line: WaitingLine,
    private readonly uploads: Uploads,
  ) {}

  @Post('sessions')
  @PublicRoute()
  @ApiOperation({
    summary: 'Log in by capture link',
    description: 'A login on a second device closes the first.',
  })
  @ApiResponse({ status: 201, type: CaptureSessionDto })
  @AcceptsIdempotencyKey()
  open(
    @Body() { link }: OpenSessionDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CaptureSessionDto> {
    return this.sessions.open(link, key);
  }

  @Get()
  @ApiOperation({ summary: 'Where the case stands and what is still missing' })
  async view(@FromCustomer() caller: CustomerCaller): Promise<object> {
    const state = await this.sessions.stateFor(caller);
    if (state.status !== 'QUEUED') return captureView(state, Date.now());
    return captureView(state, Date.now(), await this.line.placeOf(caller));
  }

  @Post('consent')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give consent; comes before anything is handed in' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async consent(
    @FromCustomer() caller: CustomerCaller,
    @Body() body: ConsentDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { captureSessionId, profileId } = caller;
    const reply = await this.commands.send(
      caller,
      profileId,
      'giveConsent',
      {
        captureSessionId,
        version: body.version,
        language: body.language,
        textSha256: body.textSha256,
      },
      { key, body },
    );
    return commandAnswer(reply);
  }

  @Post('documents')
  @ApiOperation({
    summary: 'Hand in a document or photo',
    description:
      'The body is the file: JPEG, PNG, WebP or PDF, up to 15 MB. `id` is its documentId.',
  })
  @ApiConsumes('image/jpeg', 'image/png', 'image/webp', 'application/pdf')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 201, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  @AnswersProblems(413, 415)
  async document(
    @FromCustomer() caller: CustomerCaller,
    @Query() { kind }: DocumentQueryDto,
    @Req() request: Request,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { ouid, profileId, captureSessionId } = caller;
    const upload = { ouid, profileId, key, within: captureSessionId, about: { kind } };
    const reply = await this.uploads.store(request, upload, (file, sameness) => {
      const input = { captureSessionId, kind, ...file };
      return this.commands.send(caller, profileId, 'addDocument', input, sameness);
    });
    return commandAnswer(reply);
  }

  @Post('submit')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hand in and join the queue, or come back into it' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async submit(
    @FromCustomer() caller: CustomerCaller,
    @Body() body: SubmitDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { captureSessionId, profileId } = caller;
    const { language, skills = [] } = body;
    const input = { captureSessionId, language, skills };
    return commandAnswer(
      await this.commands.send(caller, profileId, 'submit', input, { key, body }),
    );
  }

  @Post('language')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change the language while waiting; the place in line is kept' })
  @ApiResponse({ status: 200, type: CommandAnswer })
  @AcceptsIdempotencyKey()
  async language(
    @FromCustomer() caller: CustomerCaller,
    @Body() body: LanguageDto,
    @IdempotencyKey() key: string | undefined,
  ): Promise<CommandAnswer> {
    const { captureSessionId, profileId } = caller;
    const input = { captureSessionId, language: body.language };
    return commandAnswer(
      await this.commands.send(caller, profileId, 'changeLanguage', input, { key, body }),
    );
  }
}
