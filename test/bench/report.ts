import { median, type MeasuredFigure } from './figures';
import type { Sample } from './measure';
import { VARIANTS } from './variants';

/** One object a line, its numbers rounded to what can mean something. */
export function jsonLines(figures: readonly MeasuredFigure[]): string {
  return figures
    .map(({ figure }) => {
      const { value, control, ratio, ...rest } = figure;
      const { bench, figure: name, unit } = rest;
      return `${JSON.stringify({
        bench,
        figure: name,
        value: rounded(value),
        unit,
        control: rounded(control),
        ratio: rounded(ratio),
      })}\n`;
    })
    .join('');
}

/** For people: the ratio first, with the lowest and highest of the rounds. */
export function table(figures: readonly MeasuredFigure[]): string {
  const head = ['figure', 'ratio', 'lowest – highest', 'product', 'control', 'unit'];
  const rows = figures.map(({ figure, ratios }) => [
    figure.figure,
    figure.ratio.toFixed(2),
    `${Math.min(...ratios).toFixed(2)} – ${Math.max(...ratios).toFixed(2)}`,
    String(rounded(figure.value)),
    String(rounded(figure.control)),
    figure.unit,
  ]);
  return columns([head, ...rows]);
}

/** Two counts by name side by side, the product's most frequent first. */
export function breakdown(
  product: Readonly<Record<string, number>>,
  floor: Readonly<Record<string, number>>,
): string {
  const names = [...new Set([...Object.keys(product), ...Object.keys(floor)])];
  const rows = names.map((name) => [name, String(product[name] ?? 0), String(floor[name] ?? 0)]);
  return columns([['history events of one profile', 'product', 'floor'], ...rows]);
}

/** Where the CPU seconds of a journey go, process by process. */
export function cpuTable(samples: readonly Sample[], levels: readonly number[]): string {
  const rows = levels.flatMap((atOnce) =>
    VARIANTS.map((variant) => {
      const own = samples.filter((s) => s.atOnce === atOnce && s.variant === variant);
      const cells = (['worker', 'temporal', 'clickhouse'] as const).map((name) => {
        const seconds = median(own.flatMap((s) => (s.cpu ? [s.cpu[name] / s.journeys] : [])));
        return Number.isNaN(seconds) ? '?' : seconds.toFixed(3);
      });
      return [`${variant}, ${atOnce} at once`, ...cells];
    }),
  );
  return columns([['CPU s of one journey', 'worker', 'temporal', 'clickhouse'], ...rows]);
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) =>
    Math.max(...rows.map((row) => (row[i] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

const WIDTH = 30;

/** A bar on a terminal; elsewhere a line when a round is done. */
export class Progress {
  private done = 0;

  constructor(
    private readonly out: NodeJS.WriteStream,
    private readonly total: number,
  ) {}

  journey(now: string): void {
    this.advance(1, now);
  }

  advance(by: number, now: string): void {
    this.done += by;
    if (!this.out.isTTY) return;
    const filled = Math.round((WIDTH * Math.min(this.done, this.total)) / this.total);
    const bar = `${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}`;
    this.out.write(`\r\x1b[2K[${bar}] ${this.done}/${this.total} ${now}`);
  }

  line(text: string): void {
    this.out.write(`${this.out.isTTY ? '\r\x1b[2K' : ''}${text}\n`);
  }
}
