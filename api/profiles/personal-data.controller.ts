import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AccessLog } from '../../clickhouse/access-log';
import { ProfileVault } from '../../src/blobs/profile-vault';
import type { AccessEvents } from '../../src/domain/events';
import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { ProfileReader } from '../temporal/profile-reader';
import { expectAssigned } from './profile-access';
import { ProfileDetailsDto } from './profile.dto';

/** Reads of personal data: only by whom the profile is with, each one recorded before it is answered. */
@ApiTags('personal data')
@ApiBearerAuth()
@AllowedCallers('AGENT', 'REVIEWER')
@AnswersProblems(401, 403, 404, 410, 503)
@Controller('v1/profiles/:profileId')
export class PersonalDataController {
  constructor(
    private readonly reader: ProfileReader,
    private readonly vault: ProfileVault,
    private readonly access: AccessLog,
  ) {}

  @Get('details')
  @ApiOperation({ summary: 'The details the client gave' })
  @ApiResponse({ status: 200, type: ProfileDetailsDto })
  async details(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const state = await this.assigned(caller, profileId);
    const details = await this.vault.getJson(caller.ouid, profileId, state.detailsRef);
    await this.record(caller, state, 'access.details-read');
    response.setHeader('Cache-Control', 'no-store');
    return details;
  }

  @Get('documents/:documentId/content')
  @ApiOperation({ summary: 'A document or image' })
  @ApiProduces('image/jpeg', 'image/png', 'image/webp', 'application/pdf')
  async document(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Param('documentId') documentId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const state = await this.assigned(caller, profileId);
    const entry = state.documents.find((d) => d.documentId === documentId);
    if (!entry) throw new Problem('DOCUMENT_UNKNOWN', 'the profile has no such document');
    const content = await this.vault.openDocument(caller.ouid, profileId, entry.blobRef);
    try {
      await this.record(caller, state, 'access.document-read', documentId);
    } catch (error) {
      content.destroy();
      throw error;
    }
    response.setHeader('Cache-Control', 'no-store');
    // Never rendered as a page of ours, whatever is in the file.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return new StreamableFile(content, {
      type: entry.mediaType,
      length: entry.bytes,
      disposition: 'inline',
    });
  }

  @Get('remarks/maker')
  @AllowedCallers('REVIEWER')
  @ApiOperation({ summary: 'What the agent remarked with his decision' })
  async remark(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<unknown> {
    const state = await this.assigned(caller, profileId);
    const ref = state.maker?.remarkRef ?? '';
    if (ref === '') throw new Problem('REMARK_UNKNOWN', 'the agent left no remark');
    const remark = await this.vault.getJson(caller.ouid, profileId, ref);
    await this.record(caller, state, 'access.remark-read');
    response.setHeader('Cache-Control', 'no-store');
    return { remark };
  }

  private async assigned(caller: Caller, profileId: string): Promise<ProfileState> {
    const state = await this.reader.state(caller.ouid, profileId);
    expectAssigned(caller, state);
    return state;
  }

  private async record(
    caller: Caller,
    state: ProfileState,
    eventType: keyof AccessEvents,
    documentId = '',
  ): Promise<void> {
    await this.access.recordAccess(caller.ouid, {
      eventType,
      actor: caller.actor,
      profileId: state.profileId,
      extReferenceId: state.extReferenceId,
      avSessionId: lastAv(state)?.avSessionId ?? '',
      documentId,
    });
  }
}
