import { applyDecorators, Controller, Get, Query, Req, type StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Resource } from '../../clickhouse/insights/resources';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { AnswersProblems } from '../common/problem-doc';
import { type Asker, InsightAnswers } from './insight-answers';
import {
  CatalogueDto,
  EntriesDto,
  EntriesQueryDto,
  FiguresDto,
  FiguresQueryDto,
} from './insights.dto';

function Figures(resource: Resource, summary: string): MethodDecorator {
  return applyDecorators(
    Get(resource),
    ApiOperation({ summary, description: 'Figures by group; docs/insights.md defines each.' }),
    ApiResponse({ status: 200, type: FiguresDto }),
    ApiProduces('application/json', 'text/csv'),
  );
}

function Entries(resource: Resource, what: string): MethodDecorator {
  return applyDecorators(
    Get(`${resource}/profiles`),
    ApiOperation({ summary: `What a figure of ${what} counts, one by one, newest first` }),
    ApiResponse({ status: 200, type: EntriesDto }),
    ApiProduces('application/json', 'text/csv'),
  );
}

type Answer<T> = Promise<T | StreamableFile>;

/** What the log tells of many cases; as CSV for who accepts nothing else. */
@ApiTags('insights')
@ApiBearerAuth()
@AllowedCallers('SUPERVISOR', 'CLIENT')
@AnswersProblems(401, 403, 422, 503)
@Controller('v1/insights')
export class InsightsController {
  constructor(private readonly answers: InsightAnswers) {}

  @Get()
  @ApiOperation({ summary: 'Every figure there is, what it means and by what it can be grouped' })
  @ApiResponse({ status: 200, type: CatalogueDto })
  catalogue(): CatalogueDto {
    return this.answers.catalogue();
  }

  @Figures('operators', 'What agents do')
  operators(
    @FromCaller() caller: Caller,
    @Query() query: FiguresQueryDto,
    @Req() request: Request,
  ): Answer<FiguresDto> {
    return this.answers.figures('operators', query, askedBy(caller, request));
  }

  @Entries('operators', 'agents')
  operatorProfiles(
    @FromCaller() caller: Caller,
    @Query() query: EntriesQueryDto,
    @Req() request: Request,
  ): Answer<EntriesDto> {
    return this.answers.entries('operators', query, askedBy(caller, request));
  }

  @Figures('reviewers', 'What reviewers do')
  reviewers(
    @FromCaller() caller: Caller,
    @Query() query: FiguresQueryDto,
    @Req() request: Request,
  ): Answer<FiguresDto> {
    return this.answers.figures('reviewers', query, askedBy(caller, request));
  }

  @Entries('reviewers', 'reviewers')
  reviewerProfiles(
    @FromCaller() caller: Caller,
    @Query() query: EntriesQueryDto,
    @Req() request: Request,
  ): Answer<EntriesDto> {
    return this.answers.entries('reviewers', query, askedBy(caller, request));
  }

  @Figures('funnel', 'How far customers come, by the time of their creation; group by step')
  funnel(
    @FromCaller() caller: Caller,
    @Query() query: FiguresQueryDto,
    @Req() request: Request,
  ): Answer<FiguresDto> {
    return this.answers.figures('funnel', query, askedBy(caller, request));
  }

  @Entries('funnel', 'the funnel')
  funnelProfiles(
    @FromCaller() caller: Caller,
    @Query() query: EntriesQueryDto,
    @Req() request: Request,
  ): Answer<EntriesDto> {
    return this.answers.entries('funnel', query, askedBy(caller, request));
  }

  @Figures('waits', 'How customers wait: in line, for a callback, for a slot')
  waits(
    @FromCaller() caller: Caller,
    @Query() query: FiguresQueryDto,
    @Req() request: Request,
  ): Answer<FiguresDto> {
    return this.answers.figures('waits', query, askedBy(caller, request));
  }

  @Entries('waits', 'waits')
  waitProfiles(
    @FromCaller() caller: Caller,
    @Query() query: EntriesQueryDto,
    @Req() request: Request,
  ): Answer<EntriesDto> {
    return this.answers.entries('waits', query, askedBy(caller, request));
  }

  @Figures('calls', 'What becomes of calls: attempts, drops, connections, recordings')
  calls(
    @FromCaller() caller: Caller,
    @Query() query: FiguresQueryDto,
    @Req() request: Request,
  ): Answer<FiguresDto> {
    return this.answers.figures('calls', query, askedBy(caller, request));
  }

  @Entries('calls', 'calls')
  callProfiles(
    @FromCaller() caller: Caller,
    @Query() query: EntriesQueryDto,
    @Req() request: Request,
  ): Answer<EntriesDto> {
    return this.answers.entries('calls', query, askedBy(caller, request));
  }

  @Figures('outcomes', 'What comes of it all')
  outcomes(
    @FromCaller() caller: Caller,
    @Query() query: FiguresQueryDto,
    @Req() request: Request,
  ): Answer<FiguresDto> {
    return this.answers.figures('outcomes', query, askedBy(caller, request));
  }

  @Entries('outcomes', 'outcomes')
  outcomeProfiles(
    @FromCaller() caller: Caller,
    @Query() query: EntriesQueryDto,
    @Req() request: Request,
  ): Answer<EntriesDto> {
    return this.answers.entries('outcomes', query, askedBy(caller, request));
  }
}

/** JSON is the answer for who takes anything. */
function askedBy({ ouid }: Caller, request: Request): Asker {
  return {
    ouid,
    asFile: request.accepts(['application/json', 'text/csv']) === 'text/csv',
    isGone: () => request.socket.destroyed,
  };
}
