import type { Readable } from 'node:stream';
import { ClickHouseError } from '@clickhouse/client';
import type { LogClient } from '../client';
import { codeOf, failureKind, LogUnavailableError } from '../errors';
import { KEPT_PROFILES, KEPT_ROWS } from '../kept';
import type { Dimension } from './dimensions';
import { behind, decodePlace, drillDownStatement, encodePlace, type Entry } from './drill-down';
import type { Resource } from './resources';
import {
  checkScope,
  chosenFigures,
  figureOf,
  LIMITS,
  parametersOf,
  QuestionError,
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

/** The statement would take more than one answer may (LIMITS). */
export class TooMuchAskedError extends Error {
  constructor(readonly code: string) {
    super(`the answer would take too much: ${code}`);
    this.name = 'TooMuchAskedError';
  }
}

const MOST_GROUPS = 5_000;
/** A file's rows are not kept anywhere on the way. */
const MOST_ROWS_OF_A_FILE = 1_000_000;

/** Codes of ClickHouse that say that one of LIMITS is reached. */
const TOO_MUCH: readonly string[] = [
  158, // TOO_MANY_ROWS
  159, // TIMEOUT_EXCEEDED
  160, // TOO_SLOW
  241, // MEMORY_LIMIT_EXCEEDED
  307, // TOO_MANY_BYTES
].map(String);

/** What the log tells of many cases. Each read is one organization's. */
export class InsightsRepository {
  private zones: Promise<ReadonlySet<string>> | undefined;

  constructor(private readonly client: LogClient) {}

  /** @throws QuestionError, TooMuchAskedError, LogUnavailableError */
  async figures(question: Question): Promise<FiguresAnswer> {
    const figures = await this.chosen(question);
    const { groupBy } = question;
    const { asOf, kept } = await this.look(question.ouid);
    const found = await this.read<Record<string, string | number | null>>(
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
    return this.csv(kept(statement), parametersOf(question));
  }

  /** @throws QuestionError, InvalidCursorError, TooMuchAskedError, LogUnavailableError */
  async entries(
    opened: Opened,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<EntryPage> {
    const figure = await this.opened(opened);
    const from = cursor === undefined ? undefined : decodePlace(cursor);
    const { asOf, kept } = await this.look(opened.ouid);
    const found = await this.read<EntryRow>(
      kept(drillDownStatement(figure, opened, from !== undefined)),
      { ...parametersOf(opened), ...from, rows: limit + 1 },
    );
    const { columns } = behind(figure).source;
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return {
      items: rows.map(({ at, profileId, extReferenceId, status, avSessionId, ms, ...rest }) => ({
        ...{ at, profileId, extReferenceId, status, avSessionId, ms },
        group: Object.fromEntries(columns.map((column) => [column, rest[column] ?? ''])),
      })),
      asOf,
      ...(last && { nextCursor: cursorAt(last) }),
    };
  }

  async entriesCsv(opened: Opened): Promise<Readable> {
    const figure = await this.opened(opened);
    const { kept } = await this.look(opened.ouid);
    const statement = `SELECT * EXCEPT place FROM (${drillDownStatement(figure, opened, false)})`;
    return this.csv(kept(statement), parametersOf(opened));
  }

  private async chosen(question: Question): Promise<ReturnType<typeof chosenFigures>> {
    checkScope(question, question.groupBy);
    const figures = chosenFigures(question);
    await this.expectZone(question.timeZone);
    return figures;
  }

  private async opened(opened: Opened): Promise<ReturnType<typeof figureOf>> {
    checkScope(opened);
    const figure = figureOf(opened.resource, opened.figure);
    chosenFigures({ ...opened, groupBy: [], figures: [figure.name] });
    await this.expectZone(opened.timeZone);
    return figure;
  }

  /**
   * How new the log is, before it is asked: an answer holds at least what it says. And whether a case of
   * the organization can have expired: most of the time none has, and a statement need not look for it
   * with each of its sources (`kept`; it is a third of a small answer's time).
   */
  private async look(ouid: string): Promise<{ asOf: string; kept: (query: string) => string }> {
    const [found] = await this.read<{ at: string; known: string; gone: string }>(
      `SELECT maxIf(updated_at, ${KEPT_ROWS}) AS at, countIf(${KEPT_ROWS}) AS known,
        countIf(NOT (${KEPT_ROWS})) AS gone FROM profiles WHERE ouid = {ouid:String}`,
      { ouid },
    );
    const { at = '', known = '0', gone = '0' } = found ?? {};
    return {
      asOf: known === '0' ? '' : at,
      kept: (query) => (gone === '0' ? query.replaceAll(KEPT_PROFILES, KEPT_ROWS) : query),
    };
  }

  /** By ClickHouse's own list: it is the one that has to know the zone. */
  private async expectZone(timeZone: string): Promise<void> {
    this.zones ??= this.read<{ readonly zone: string }>(
      'SELECT time_zone AS zone FROM system.time_zones',
      {},
    ).then((rows) => new Set(rows.map(({ zone }) => zone)));
    try {
      if ((await this.zones).has(timeZone)) return;
    } catch (error) {
      this.zones = undefined;
      throw error;
    }
    throw new QuestionError('timeZone', 'is not the name of a time zone');
  }

  private async read<T>(query: string, params: Record<string, unknown>): Promise<T[]> {
    return this.mapped(async () => {
      const result = await this.client.query({
        ...{ query, query_params: params, format: 'JSONEachRow', clickhouse_settings: LIMITS },
      });
      return result.json<T>();
    });
  }

  private csv(query: string, params: Record<string, unknown>): Promise<Readable> {
    return this.mapped(async () => {
      const { stream } = await this.client.exec({
        query: `${query} FORMAT CSVWithNames`,
        query_params: { ...params, rows: MOST_ROWS_OF_A_FILE },
        clickhouse_settings: LIMITS,
      });
      return stream;
    });
  }

  private async mapped<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const code = codeOf(error);
      if (error instanceof ClickHouseError && TOO_MUCH.includes(error.code)) {
        throw new TooMuchAskedError(code);
      }
      if (failureKind(error) === 'unavailable') throw new LogUnavailableError(code);
      throw error;
    }
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
