import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import type { AvSession } from '../../src/domain/profile/state';
import { LocalRecordings } from '../../src/video/local/recordings';
import {
  recordingIdOf,
  recordingRefOf,
  type RecordingRef,
} from '../../src/video/local/recording-ref';
import { callOfAgent, profileOf } from '../av-sessions/av-session-commands';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { AcceptsIdempotencyKey, IdempotencyKey } from '../common/idempotency';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { ProfileReader } from '../temporal/profile-reader';
import { CallFacts } from './call-facts';
import {
  FinishRecordingDto,
  RecordedDto,
  RecordingFailureDto,
  RecordingStartedDto,
} from './recording.dto';
import { asProblem, unknownRecording } from './recording-problems';
import { DoneDto } from './signal.dto';

const PART = /^[1-9]\d{0,3}$/;

/** The recording of a call that the agent's page makes, part by part; also after the call. */
@ApiTags('local video')
@ApiBearerAuth()
@AllowedCallers('AGENT')
@AnswersProblems(401, 403, 404, 409, 410, 422, 503)
@Controller('v1/av-sessions/:avSessionId/recordings')
export class RecordingUploadController {
  constructor(
    private readonly reader: ProfileReader,
    private readonly recordings: LocalRecordings,
    private readonly facts: CallFacts,
  ) {}

  @Post()
  @AcceptsIdempotencyKey()
  @ApiOperation({
    summary: 'Say that the recording of the call begins',
    description: 'From now on one is expected. With the same Idempotency-Key it is the same one.',
  })
  @ApiResponse({ status: 201, type: RecordingStartedDto })
  async start(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @IdempotencyKey() key: string | undefined,
  ): Promise<RecordingStartedDto> {
    const { endedAt } = await this.ownCall(caller, avSessionId);
    if (endedAt !== undefined) throw new Problem('CALL_NOT_OPEN', 'the call is over');
    const place = { ouid: caller.ouid, avSessionId };
    const { ref, fact } = await asProblem(this.recordings.start(place, key ?? randomUUID()));
    await this.facts.tell(place, [fact]);
    return { recordingId: recordingIdOf(ref) };
  }

  @Post(':recordingId/parts/:part')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send part 1, 2, 3 … of the recording',
    description:
      'The body is the bytes, up to 2 MB: what MediaRecorder gave. In any order, and as often as needed: ' +
      'the same bytes are one part.',
  })
  @ApiConsumes('application/octet-stream', 'video/webm', 'video/mp4')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, type: DoneDto })
  @AnswersProblems(400, 413)
  async part(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Param('recordingId') recordingId: string,
    @Param('part') part: string,
    @Req() request: Request,
  ): Promise<DoneDto> {
    const ref = await this.refOf(caller, avSessionId, recordingId);
    if (!PART.test(part)) throw unknownRecording();
    await asProblem(this.recordings.putPart(caller.ouid, ref, Number(part), request));
    return { done: true };
  }

  @Post(':recordingId/finish')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that all parts are sent; each is read once more' })
  @ApiResponse({ status: 200, type: RecordedDto })
  @AnswersProblems(415)
  async finish(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Param('recordingId') recordingId: string,
    @Body() { parts, durationMs }: FinishRecordingDto,
  ): Promise<RecordedDto> {
    const ref = await this.refOf(caller, avSessionId, recordingId);
    const { ouid } = caller;
    const { fact, file } = await asProblem(
      this.recordings.finish(ouid, ref, { parts, durationMs }),
    );
    await this.facts.tell({ ouid, avSessionId }, [fact]);
    return { recordingId, bytes: file.bytes, sha256: file.sha256 };
  }

  @Post(':recordingId/failure')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that there will be no recording, and why',
    description: 'The checker is told. Parts that are there stay; it may be finished all the same.',
  })
  @ApiResponse({ status: 200, type: DoneDto })
  async failure(
    @FromCaller() caller: Caller,
    @Param('avSessionId') avSessionId: string,
    @Param('recordingId') recordingId: string,
    @Body() { why }: RecordingFailureDto,
  ): Promise<DoneDto> {
    const ref = await this.refOf(caller, avSessionId, recordingId);
    const fact = await asProblem(this.recordings.fail(caller.ouid, ref, why));
    await this.facts.tell({ ouid: caller.ouid, avSessionId }, [fact]);
    return { done: true };
  }

  private async refOf(
    caller: Caller,
    avSessionId: string,
    recordingId: string,
  ): Promise<RecordingRef> {
    await this.ownCall(caller, avSessionId);
    const ref = recordingRefOf(recordingId);
    if (ref?.avSessionId !== avSessionId) throw unknownRecording();
    return ref;
  }

  /** The agent's own call, of a case that still waits for something. */
  private async ownCall({ ouid, actor }: Caller, avSessionId: string): Promise<AvSession> {
    const state = await this.reader.state(ouid, profileOf(avSessionId));
    const av = callOfAgent(state, avSessionId, actor.id);
    if (state.closed) throw new Problem('RECORDING_CLOSED', 'the case is closed');
    return av;
  }
}
