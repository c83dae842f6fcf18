import type { ClickHouseSettings } from '@clickhouse/client';
import { type Dimension, expressionOf } from './dimensions';
import { dimensionsOf, type Figure } from './figure';
import { type Resource, RESOURCES } from './resources';

/** What is asked about: of one organization, in [from, to). */
export interface Scope {
  readonly ouid: string;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** IANA name: of the days and hours, and of nothing else. */
  readonly timeZone: string;
  /** Only what has these values. */
  readonly filters: Readonly<Partial<Record<Dimension, string>>>;
  /** What “in time” means for a wait. */
  readonly withinSeconds: number;
}

export interface Question extends Scope {
  readonly resource: Resource;
  readonly groupBy: readonly Dimension[];
  /** Names; none: all that can be grouped and narrowed so. */
  readonly figures: readonly string[];
}

/** A question that cannot be answered as it is asked: the asker's mistake, by the field it is in. */
export class QuestionError extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
    this.name = 'QuestionError';
  }
}

const DAY_MS = 86_400_000;
/** A year, and the days that its weeks may need besides; hours fill an answer sooner. */
export const MOST_DAYS = 400;
export const MOST_DAYS_BY_HOUR = 40;
export const MOST_GROUPINGS = 3;

/** @throws QuestionError */
export function checkScope({ from, to }: Scope, groupBy: readonly Dimension[] = []): void {
  if (to <= from) throw new QuestionError('to', 'must be later than from');
  const most = groupBy.includes('hour') ? MOST_DAYS_BY_HOUR : MOST_DAYS;
  if (to - from > most * DAY_MS) {
    const what = groupBy.includes('hour') ? ' by the hour' : '';
    throw new QuestionError('to', `must be at most ${most} days after from${what}`);
  }
  if (new Set(groupBy).size < groupBy.length || groupBy.length > MOST_GROUPINGS) {
    throw new QuestionError('groupBy', `names at most ${MOST_GROUPINGS} different ones`);
  }
}

/** The figures asked for, or all that know what they are grouped and narrowed by. @throws QuestionError */
export function chosenFigures({ resource, groupBy, filters, figures }: Question): Figure[] {
  const needed = [...groupBy, ...(Object.keys(filters) as Dimension[])];
  const able = (figure: Figure): boolean =>
    needed.every((dimension) => dimensionsOf(figure).includes(dimension));
  if (figures.length > 0) {
    return figures.map((name) => {
      const figure = figureOf(resource, name, 'figures');
      if (able(figure)) return figure;
      throw new QuestionError('figures', `${figure.name} cannot be grouped or narrowed like that`);
    });
  }
  const found = RESOURCES[resource].filter(able);
  if (found.length > 0) return found;
  throw new QuestionError('groupBy', 'no figure of this resource can be grouped or narrowed so');
}

/** @throws QuestionError */
export function figureOf(resource: Resource, name: string, field = 'figure'): Figure {
  const found = RESOURCES[resource].find((figure) => figure.name === name);
  if (found) return found;
  throw new QuestionError(field, `${resource} has no such figure`);
}

/** The rows of a source that are asked about. */
export function within({ filters }: Pick<Scope, 'filters'>): string {
  const narrowed = (Object.keys(filters) as Dimension[]).map(
    (dimension) => `AND ${expressionOf(dimension)} = {is_${dimension}:String}`,
  );
  return ["at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}", ...narrowed].join(
    ' ',
  );
}

/** Whatever came from outside goes into a statement as a parameter. */
export function parametersOf(scope: Scope): Record<string, unknown> {
  const { ouid, from, to, timeZone, filters, withinSeconds } = scope;
  const filtered = Object.entries(filters).map(([name, value]) => [`is_${name}`, value] as const);
  return {
    ouid,
    from: clickHouseTime(from),
    to: clickHouseTime(to),
    tz: timeZone,
    withinMs: withinSeconds * 1_000,
    ...Object.fromEntries(filtered),
  };
}

function clickHouseTime(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '');
}

/**
 * What one answer may cost. A range that needs more is refused with the advice to ask for less; the
 * client's own limit of time stands as well.
 */
export const LIMITS: ClickHouseSettings = {
  max_memory_usage: '1500000000',
  max_rows_to_read: '500000000',
  read_overflow_mode: 'throw',
  // A row's key holds its time, so it is written twice into one partition only.
  do_not_merge_across_partitions_select_final: 1,
};
