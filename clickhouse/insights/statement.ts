import { type Dimension, expressionOf } from './dimensions';
import { type Figure, type Measured, partsOf } from './figure';
import { type Scope, within } from './scope';

/**
 * One statement for any choice of figures: each source is read once and gives a row for each group,
 * with nothing in the columns of the others; then the rows of a group become one.
 */
export function figuresStatement(
  figures: readonly Figure[],
  groupBy: readonly Dimension[],
  scope: Pick<Scope, 'filters'>,
): string {
  const measured = [...new Set(figures.flatMap(partsOf))];
  const sources = [...new Set(measured.map(({ source }) => source))];
  const rows = sources.map((source) => {
    const columns = [
      ...groupBy.map((dimension) => `${expressionOf(dimension)} AS g_${dimension}`),
      ...measured.map(
        (one) => `${one.source === source ? aggregate(one) : NOTHING} AS f_${one.name}`,
      ),
    ];
    return `SELECT ${columns.join(', ')} FROM (${source.rows}) WHERE ${within(scope)} ${grouped(groupBy)}`;
  });
  const columns = [
    ...groupBy.map((dimension) => `g_${dimension} AS ${dimension}`),
    ...figures.map((figure) => `${valueOf(figure)} AS ${figure.name}`),
  ];
  return `SELECT ${columns.join(', ')} FROM (${rows.join(' UNION ALL ')})
    ${grouped(groupBy)} ${ordered(groupBy)} LIMIT {rows:UInt32}`;
}

const NOTHING = "CAST(NULL, 'Nullable(Float64)')";

function aggregate({ value }: Measured): string {
  switch (value.kind) {
    case 'COUNT':
      return number(`countIf(${value.where})`);
    case 'PROFILES':
      return number(`uniqExactIf(profile_id, ${value.where})`);
    case 'SUM':
      return number(`sumIf(${value.of}, ${value.where})`);
    case 'QUANTILE': {
      const quantile = `quantileExactIf(${value.level})(${value.of}, ${value.where})`;
      return `if(countIf(${value.where}) = 0, NULL, ${number(quantile)})`;
    }
  }
}

function number(expression: string): string {
  return `toNullable(toFloat64(${expression}))`;
}

/** Of a group that some source does not know: it counted nothing there. */
function valueOf(figure: Figure): string {
  if ('share' in figure) {
    const among = sumOf(figure.share.among);
    return `if(${among} > 0, ${sumOf(figure.share.of)} / ${among}, NULL)`;
  }
  return figure.value.kind === 'QUANTILE' ? `max(f_${figure.name})` : sumOf([figure]);
}

function sumOf(parts: readonly Measured[]): string {
  return `(${parts.map(({ name }) => `ifNull(max(f_${name}), 0)`).join(' + ')})`;
}

function grouped(groupBy: readonly Dimension[]): string {
  return groupBy.length === 0 ? '' : `GROUP BY ${groupBy.map((d) => `g_${d}`).join(', ')}`;
}

function ordered(groupBy: readonly Dimension[]): string {
  return groupBy.length === 0 ? '' : `ORDER BY ${groupBy.map((d) => `g_${d}`).join(', ')}`;
}
