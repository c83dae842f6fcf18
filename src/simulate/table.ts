import type { Measure } from './figures';
import type { Scope } from './report';

/** One line a figure, a column for the day and one for each queue. */
export function tableLines(scopes: readonly Scope[]): string[] {
  const [whole] = scopes;
  if (!whole) return [];
  const heads = ['', ...scopes.map(({ name }) => name)];
  const rows = whole.measures.map(({ name }) => [
    name,
    ...scopes.map(({ measures }) => cellOf(measures.find((measure) => measure.name === name))),
  ]);
  return aligned([heads, ...rows]);
}

/** Nothing where a figure is not of this scope; a dash where there was nobody to tell it of. */
function cellOf(measure: Measure | undefined): string {
  if (!measure) return '';
  const { value, unit } = measure;
  if (value === undefined) return '–';
  return unit === '%' || unit === 's' ? `${value.toFixed(1)} ${unit}` : String(value);
}

/** Names to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
