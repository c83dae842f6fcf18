import { DIMENSIONS, type Dimension } from '../../clickhouse/insights/dimensions';
import type { Scope } from '../../clickhouse/insights/scope';
import { calendarTime } from '../../src/calendar-time';
import { fieldProblem } from '../common/problem';
import type { EntriesQueryDto, FiguresQueryDto } from './insights.dto';

/** Times that the log can hold. */
const LATEST = Date.UTC(2200, 0);
const WITHIN_SECONDS = 60;

/** What a request is about, read from its query. */
export function scopeOf(ouid: string, query: FiguresQueryDto | EntriesQueryDto): Scope {
  const { timeZone = 'UTC', withinSeconds = WITHIN_SECONDS } = query;
  const asked = DIMENSIONS.flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ouid,
    from: timeOf('from', query.from),
    to: timeOf('to', query.to),
    timeZone,
    withinSeconds,
    filters: Object.fromEntries(asked),
  };
}

/** `queue,day` as dimensions. */
export function groupingOf(text: string | undefined): Dimension[] {
  return listOf(text).map((name) => {
    const dimension = DIMENSIONS.find((known) => known === name);
    if (dimension) return dimension;
    throw fieldProblem('groupBy', `takes ${DIMENSIONS.join(', ')}`);
  });
}

export function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',');
}

function timeOf(field: 'from' | 'to', text: string): number {
  const at = calendarTime(text);
  if (at >= 0 && at < LATEST) return at;
  throw fieldProblem(field, 'is not a time');
}
