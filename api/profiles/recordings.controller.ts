import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AccessLog } from '../../clickhouse/access-log';
import { isoTime } from '../../src/domain/log-row';
import type { VideoRecords } from '../../src/ports/video-records';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { VIDEO_RECORDS } from '../stores/stores.tokens';
import { ProfileReader } from '../temporal/profile-reader';
import { expectAssigned } from './profile-access';
import { RecordingDto } from './recording.dto';

/** Enough to begin to watch; asked for anew to go on. */
const LINK_SECONDS = 300;

/** What was recorded of a call: for the reviewer who has claimed the case, each look recorded before it is answered. */
@ApiTags('personal data')
@ApiBearerAuth()
@AllowedCallers('REVIEWER')
@AnswersProblems(401, 403, 404, 409, 503)
@Controller('v1/profiles/:profileId/av-sessions/:avSessionId')
export class RecordingsController {
  constructor(
    private readonly reader: ProfileReader,
    private readonly access: AccessLog,
    @Inject(VIDEO_RECORDS) private readonly records: VideoRecords,
  ) {}

  @Get('recording')
  @ApiOperation({
    summary: 'The recording of a call, with addresses that last for minutes',
    description:
      '`doubts` is what the system finds odd about it: there is none, several, it is too short or too small.',
  })
  @ApiResponse({ status: 200, type: RecordingDto })
  async recording(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Param('avSessionId') avSessionId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RecordingDto> {
    const state = await this.reader.state(caller.ouid, profileId);
    expectAssigned(caller, state);
    const av = state.avSessions.find((one) => one.avSessionId === avSessionId);
    if (!av) throw new Problem('NOT_FOUND', 'there is no such AV session');
    const { recording, roomId = '' } = av;
    const { ouid, actor } = caller;
    const { extReferenceId } = state;
    const access = {
      eventType: 'access.recording-read',
      actor,
      profileId,
      extReferenceId,
      avSessionId,
    } as const;
    await this.access.recordAccess(ouid, access);
    response.setHeader('Cache-Control', 'no-store');
    const expiresAt = isoTime(Date.now() + LINK_SECONDS * 1_000);
    const found = recording?.files ?? [];
    const paths = found.map(({ path }) => path);
    const urls = await this.records.recordingLinks(roomId, paths, LINK_SECONDS);
    return {
      avSessionId,
      state: recording?.state ?? 'NOT_EXPECTED',
      doubts: [...(recording?.doubts ?? [])],
      files: found.map(({ path: _, sha256: __, ...file }, i) => {
        const url = urls[i] ?? '';
        return { ...file, url, expiresAt: url === '' ? '' : expiresAt };
      }),
    };
  }
}
