import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { InvalidCursorError } from '../../clickhouse/cursor';
import { RoomsRepository } from '../../clickhouse/rooms.repository';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { PageDto } from '../common/page.dto';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { OpenRoomsDto } from './inspection.dto';

/** The rooms that are live. */
@ApiTags('supervision')
@ApiBearerAuth()
@AllowedCallers('SUPERVISOR')
@AnswersProblems(401, 403, 422, 503)
@Controller('v1/supervision/rooms')
export class RoomsController {
  constructor(private readonly rooms: RoomsRepository) {}

  @Get()
  @ApiOperation({
    summary: 'Rooms that are not locked, the longest open first, and who is in them',
    description: 'As the log knows them; a room that could not be locked stays in the list.',
  })
  @ApiResponse({ status: 200, type: OpenRoomsDto })
  async list(
    @FromCaller() { ouid }: Caller,
    @Query() { limit = 50, cursor }: PageDto,
  ): Promise<OpenRoomsDto> {
    try {
      return await this.rooms.list(ouid, { limit, cursor });
    } catch (error) {
      if (!(error instanceof InvalidCursorError)) throw error;
      throw new Problem('CURSOR_INVALID', 'this cursor is not one of this list');
    }
  }
}
