import { Body, Controller, HttpCode, Inject, Optional, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { isoTime } from '../../src/domain/log-row';
import type { RoomRecorder } from '../../src/ports/room-recorder';
import type { RecorderClaims } from '../../src/tokens/claims';
import { TokenError } from '../../src/tokens/token-error';
import { Tokens } from '../../src/tokens/tokens';
import { JoinDto } from '../capture/capture.dto';
import { PublicRoute } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { ROOM_RECORDER } from '../stores/stores.tokens';
import { ProfileReader } from '../temporal/profile-reader';
import { RecorderJoinDto } from './av-session.dto';
import { profileOf, unknownSession } from './av-session-commands';

/** The page that the video service's recorder opens: it has nothing but the code in its address. */
@ApiTags('recorder')
@PublicRoute()
@AnswersProblems(401, 404, 409, 422, 503)
@Controller('v1/recorder')
export class RecorderController {
  constructor(
    private readonly tokens: Tokens,
    private readonly reader: ProfileReader,
    @Optional() @Inject(ROOM_RECORDER) private readonly recorder: RoomRecorder | undefined,
  ) {}

  @Post('join')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Exchange the recorder page’s code for a join token',
    description:
      'The token’s role sees and hears both and is seen by nobody. The code is good for one call, ' +
      'as often as the page has to be loaded, and for as long as the call lasts.',
  })
  @ApiResponse({ status: 200, type: JoinDto })
  async join(@Body() { code }: RecorderJoinDto): Promise<JoinDto> {
    const { ouid, avSessionId } = await this.verified(code);
    const state = await this.reader.state(ouid, profileOf(avSessionId));
    const av = state.avSessions.find((one) => one.avSessionId === avSessionId);
    if (!av || !this.recorder) throw unknownSession();
    if (av.endedAt !== undefined) throw new Problem('CALL_NOT_OPEN', 'the call is over');
    const { token, expiresAt, provider } = await this.recorder.joinToken(ouid, avSessionId);
    return { avSessionId, provider, token, expiresAt: isoTime(expiresAt) };
  }

  private async verified(code: string): Promise<RecorderClaims> {
    try {
      return await this.tokens.verify('recorder', code, new Date());
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw new Problem('CREDENTIAL_INVALID', 'the code is none of ours, or too old');
    }
  }
}
