import type { Readable } from 'node:stream';
import type { LogClient } from '../client';
import { EXPIRED_PROFILES, KEPT_PROFILES, KEPT_ROWS } from '../kept';
import type { Dimension } from './dimensions';
import { behind, decodePlace, drillDownStatement, encodePlace, type Entry } from './drill-down';
import { InsightReader } from './reader';
import type { Resource } from './resources';
import {
  checkScope,
  chosenFigures,
  figureOf,
  parametersOf,
  type Question,
  type Scope,
} from './scope';
import { figuresStatement } from './statement';

/** The figures of one group, or of everything; null: there was nothing to measure. */
export interface Group {
  readonly group: Readonly<Partial<Record<Dimension, string>>>;
  readonly figures: Readonly<Record<string, number | null>>;
}

export interface FiguresAnswer {
  readonly items: readonly Group[];
  /** There are more groups than these. */
  readonly truncated: boolean;
  /** When the newest event the log knows of the organization's cases happened; '' when it knows none. */
  readonly asOf: string;
}

/** A figure whose entries are asked for. */
export interface Opened extends Scope {
  readonly resource: Resource;
  readonly figure: string;
}

export interface EntryPage {
  readonly items: readonly Entry[];
  /** For the next page; absent on the last one. */
  readonly nextCursor?: string;
  readonly asOf: string;
}

const MOST_GROUPS = 5_000;
/** What the log tells of many cases. Each read is one organization's. */
export class InsightsRepository {
  private readonly reader: InsightReader;

  constructor(client: LogClient) {
    this.reader = new InsightReader(client);
  }

  /** @throws QuestionError, TooMuchAskedError, LogUnavailableError */
  async figures(question: Question): Promise<FiguresAnswer> {
    const figures = await this.chosen(question);
    const { groupBy } = question;
    const { asOf, kept } = await this.look(question.ouid);
    const found = await this.reader.read<Record<string, string | number | null>>(
      kept(figuresStatement(figures, groupBy, question)),
      { ...parametersOf(question), rows: MOST_GROUPS + 1 },
    );
    const names = figures.map(({ name }) => name);
    const items = found.slice(0, MOST_GROUPS).map((row) => ({
      group: Object.fromEntries(groupBy.map((dimension) => [dimension, String(row[dimension])])),
      figures: Object.fromEntries(names.map((name) => [name, numberOf(row[name])])),
    }));
    return { items, truncated: found.length > MOST_GROUPS, asOf };
  }

  /** The same as CSV, from ClickHouse straight to whoever reads it. */
  async figuresCsv(question: Question): Promise<Readable> {
    const figures = await this.chosen(question);
    const { kept } = await this.look(question.ouid);
    const statement = figuresStatement(figures, question.groupBy, question);
    return this.reader.csv(kept(statement), parametersOf(question));
  }

  /** @throws QuestionError, InvalidCursorError, TooMuchAskedError, LogUnavailableError */
  async entries(
    opened: Opened,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<EntryPage> {
    const figure = await this.opened(opened);
    const from = cursor === undefined ? undefined : decodePlace(cursor);
    const { asOf, kept } = await this.look(opened.ouid);
    const found = await this.reader.read<EntryRow>(
      kept(drillDownStatement(figure, opened, from !== undefined)),
      { ...parametersOf(opened), ...from, rows: limit + 1 },
    );
    const { columns } = behind(figure).source;
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(
        ({ at, profileId, extReferenceId, status, avSessionId, ms, value, ...rest }) => ({
          ...{ at, profileId, extReferenceId, status, avSessionId, ms, value },
          group: Object.fromEntries(columns.map((column) => [column, rest[column] ?? ''])),
        }),
      ),
      asOf,
      ...(last && { nextCursor: cursorAt(last) }),
    };
  }

  async entriesCsv(opened: Opened): Promise<Readable> {
    const figure = await this.opened(opened);
    const { kept } = await this.look(opened.ouid);
    const statement = `SELECT * EXCEPT place FROM (${drillDownStatement(figure, opened, false)})`;
    return this.reader.csv(kept(statement), parametersOf(opened));
  }

  private async chosen(question: Question): Promise<ReturnType<typeof chosenFigures>> {
    checkScope(question, question.groupBy);
    const figures = chosenFigures(question);
    await this.reader.expectZone(question.timeZone);
    return figures;
  }

  private async opened(opened: Opened): Promise<ReturnType<typeof figureOf>> {
    checkScope(opened);
    const figure = figureOf(opened.resource, opened.figure);
    chosenFigures({ ...opened, groupBy: [], figures: [figure.name] });
    await this.reader.expectZone(opened.timeZone);
    return figure;
  }

  /**
   * How new the log is, before it is asked: an answer holds at least what it says. And whether a case of
   * the organization has expired: most of the time none has, and a statement need not look for it with
   * each of its sources (`kept`).
   */
  private async look(ouid: string): Promise<{ asOf: string; kept: (query: string) => string }> {
    const [found] = await this.reader.read<{ at: string; known: string; gone: string }>(
      `SELECT max(updated_at) AS at, count() AS known, (SELECT count() FROM (${EXPIRED_PROFILES})) AS gone
       FROM profiles WHERE ouid = {ouid:String} AND ${KEPT_ROWS}`,
      { ouid },
    );
    const { at = '', known = '0', gone = '0' } = found ?? {};
    return {
      asOf: known === '0' ? '' : at,
      kept: (query) => (gone === '0' ? query.replaceAll(KEPT_PROFILES, KEPT_ROWS) : query),
    };
  }
}

type EntryRow = Omit<Entry, 'group'> &
  Readonly<Partial<Record<Dimension, string>>> & { readonly place: string };

function cursorAt({ at, profileId, place }: EntryRow): string {
  return encodePlace({ atMs: Date.parse(at), profileId, seq: place });
}

function numberOf(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
