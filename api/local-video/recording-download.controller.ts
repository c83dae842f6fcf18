import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { begunStream } from '../../src/blobs/begun-stream';
import type { RecordingLinkClaims } from '../../src/tokens/claims';
import { TokenError } from '../../src/tokens/token-error';
import { Tokens } from '../../src/tokens/tokens';
import { recordingRefOf } from '../../src/video/local/recording-ref';
import { LocalRecordings } from '../../src/video/local/recordings';
import { PublicRoute } from '../common/caller';
import { AnswersProblems } from '../common/problem-doc';
import { byteRange } from './byte-range';
import { asProblem, unknownRecording } from './recording-problems';

/** What a reviewer's short-lived link leads to; that it was given to him is in the access log. */
@ApiTags('local video')
@PublicRoute()
@AnswersProblems(404, 410)
@Controller('v1/local-video/recordings')
export class RecordingDownloadController {
  constructor(
    private readonly tokens: Tokens,
    private readonly recordings: LocalRecordings,
  ) {}

  @Get(':link')
  @ApiOperation({
    summary: 'A recording, by the link of the case’s recording',
    description: 'Takes `Range`, so that a player can begin anywhere.',
  })
  @ApiProduces('video/webm', 'video/mp4')
  async download(
    @Param('link') link: string,
    @Headers('range') range: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { ouid, recordingId } = await this.verified(link);
    const ref = recordingRefOf(recordingId);
    const file = ref && (await this.recordings.find(ouid, ref));
    if (!file) throw unknownRecording();
    const whole = { from: 0, to: file.bytes - 1 };
    const part = byteRange(range, file.bytes);
    const { from, to } = part ?? whole;
    const content = await asProblem(
      begunStream(this.recordings.read(ouid, ref, file, { from, to })),
    );
    response.setHeader('Cache-Control', 'no-store');
    // Never rendered as a page of ours, whatever is in the file.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Accept-Ranges', 'bytes');
    if (part) {
      response.status(206);
      response.setHeader('Content-Range', `bytes ${from}-${to}/${file.bytes}`);
    }
    const type = file.mediaType;
    return new StreamableFile(content, { type, length: to - from + 1, disposition: 'inline' });
  }

  private async verified(link: string): Promise<RecordingLinkClaims> {
    try {
      return await this.tokens.verify('recording-link', link, new Date());
    } catch (error) {
      if (error instanceof TokenError) throw unknownRecording();
      throw error;
    }
  }
}
