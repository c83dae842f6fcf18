import type { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { InvalidCursorError } from '../../clickhouse/cursor';
import { InsightsRepository } from '../../clickhouse/insights/insights.repository';
import { TooMuchAskedError } from '../../clickhouse/insights/reader';
import {
  definitionOf,
  RESOURCE_NAMES,
  RESOURCES,
  type Resource,
} from '../../clickhouse/insights/resources';
import {
  chosenFigures,
  figureOf,
  QuestionError,
  type Scope,
} from '../../clickhouse/insights/scope';
import { isoTime } from '../../src/domain/log-row';
import { fieldProblem, Problem } from '../common/problem';
import type {
  CatalogueDto,
  EntriesDto,
  EntriesQueryDto,
  FiguresDto,
  FiguresQueryDto,
} from './insights.dto';
import { InsightLane } from './insight-lane';
import { groupingOf, listOf, scopeOf } from './questions';

/** Who asks, and how he wants it. */
export interface Asker {
  readonly ouid: string;
  readonly asFile: boolean;
  readonly isGone: () => boolean;
}

/** Answers to questions about many cases, as JSON or as a file. */
@Injectable()
export class InsightAnswers {
  constructor(
    private readonly insights: InsightsRepository,
    private readonly lane: InsightLane,
  ) {}

  catalogue(): CatalogueDto {
    return {
      items: RESOURCE_NAMES.map((resource) => ({
        resource,
        figures: RESOURCES[resource].map(definitionOf),
      })),
    };
  }

  figures(
    resource: Resource,
    query: FiguresQueryDto,
    asker: Asker,
  ): Promise<FiguresDto | StreamableFile> {
    const { ouid, asFile } = asker;
    return this.told(asker, async () => {
      const scope = scopeOf(ouid, query);
      const groupBy = groupingOf(query.groupBy);
      const question = { ...scope, resource, groupBy, figures: listOf(query.figures) };
      if (asFile) return file(await this.insights.figuresCsv(question), resource);
      const answer = await this.insights.figures(question);
      const definitions = chosenFigures(question).map(definitionOf);
      return { ...about(resource, scope), groupBy, definitions, ...answer };
    });
  }

  entries(
    resource: Resource,
    query: EntriesQueryDto,
    asker: Asker,
  ): Promise<EntriesDto | StreamableFile> {
    const { ouid, asFile } = asker;
    return this.told(asker, async () => {
      const { figure, limit = 50, cursor } = query;
      const scope = scopeOf(ouid, query);
      const opened = { ...scope, resource, figure };
      if (asFile) return file(await this.insights.entriesCsv(opened), `${resource}-${figure}`);
      const page = await this.insights.entries(opened, { limit, cursor });
      const definition = definitionOf(figureOf(resource, figure));
      return { ...about(resource, scope), definition, ...page };
    });
  }

  private async told<T>({ ouid, isGone }: Asker, answer: () => Promise<T>): Promise<T> {
    try {
      return await this.lane.through(ouid, isGone, answer);
    } catch (error) {
      if (error instanceof QuestionError) throw fieldProblem(error.field, error.message);
      if (error instanceof InvalidCursorError) {
        throw new Problem('CURSOR_INVALID', 'this cursor is not one of this list');
      }
      if (error instanceof TooMuchAskedError) {
        const advice = 'the answer would take too much: ask for a shorter range or fewer figures';
        throw new Problem('TOO_MUCH_ASKED', advice, {}, { cause: error });
      }
      throw error;
    }
  }
}

function about(resource: Resource, { from, to, timeZone }: Scope) {
  return { resource, from: isoTime(from), to: isoTime(to), timeZone };
}

function file(content: Readable, name: string): StreamableFile {
  return new StreamableFile(content, {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
