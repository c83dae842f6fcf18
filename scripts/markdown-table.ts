/** As prettier has it, so that the file stays as it is when it is formatted. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
): string {
  const widths = heads.map((head, i) =>
    Math.max(3, head.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const padded = (cells: readonly string[]): string =>
    line(
      widths.map((width, i) =>
        numbers.includes(i) ? (cells[i] ?? '').padStart(width) : (cells[i] ?? '').padEnd(width),
      ),
    );
  const rule = widths.map((width, i) =>
    numbers.includes(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [padded(heads), line(rule), ...rows.map(padded)].join('\n');
}
