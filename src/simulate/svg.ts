/** A point of a line; without a `y` the line has a gap there. */
export interface Point {
  readonly x: number;
  readonly y: number | undefined;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** `DOTS`: few points, each of them seen; `DASHES`: in black over the others, their sum. */
  readonly style?: 'DOTS' | 'DASHES';
}

export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xRange: readonly [number, number];
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  readonly series: readonly Series[];
  /** At least as high as this. */
  readonly yLeast?: number;
}

const SIZE = { width: 960, height: 420 };
const FRAME = { left: 70, right: 930, top: 72, bottom: 360 };
/** Okabe and Ito's: told apart by the colour-blind, too. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const INK = '#333333';

/** A line chart as one SVG file, with its axes, units and legend. */
export function lineChart(chart: Chart): string {
  const { series, xRange, xTicks, yLeast = 1 } = chart;
  const ys = series.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  const yTicks = niceTicks(ys.reduce((most, y) => Math.max(most, y), yLeast));
  const x = scale(xRange, [FRAME.left, FRAME.right]);
  const y = scale([0, yTicks.at(-1) ?? 1], [FRAME.bottom, FRAME.top]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" width="${SIZE.width}" height="${SIZE.height}" font-family="sans-serif" font-size="13" fill="${INK}">`,
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="#ffffff"/>`,
    text(FRAME.left, 24, chart.title, 'font-size="16" font-weight="bold"'),
    ...legend(series),
    ...yTicks.flatMap((tick) => [
      rule(FRAME.left, y(tick), FRAME.right, y(tick), '#dddddd'),
      text(FRAME.left - 8, y(tick) + 4, String(tick), 'text-anchor="end"'),
    ]),
    ...xTicks.flatMap((tick) => [
      rule(x(tick.x), FRAME.bottom, x(tick.x), FRAME.bottom + 5, INK),
      text(x(tick.x), FRAME.bottom + 20, tick.label, 'text-anchor="middle"'),
    ]),
    rule(FRAME.left, FRAME.bottom, FRAME.right, FRAME.bottom, INK),
    rule(FRAME.left, FRAME.top, FRAME.left, FRAME.bottom, INK),
    text((FRAME.left + FRAME.right) / 2, SIZE.height - 14, chart.xLabel, 'text-anchor="middle"'),
    text(FRAME.left, FRAME.top - 10, chart.yLabel, ''),
    ...series.flatMap((one, i) => drawn(one, colour(one, i), x, y)),
    '</svg>',
    '',
  ].join('\n');
}

type Scale = (value: number) => number;

type Range = readonly [number, number];

function scale([from, to]: Range, [low, high]: Range): Scale {
  const span = to - from || 1;
  return (value) => Math.round((low + ((value - from) / span) * (high - low)) * 10) / 10;
}

/** From 0 to `most` or a little more, in steps of 1, 2 or 5 times a power of ten, some six of them. */
export function niceTicks(most: number): number[] {
  const rough = most / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

function legend(series: readonly Series[]): string[] {
  let left = FRAME.left;
  return series.flatMap((one, i) => {
    const at = left;
    left += 50 + one.name.length * 8;
    const mark = `<path d="M${at} 38L${at + 18} 38" ${stroked(one, colour(one, i))}/>`;
    return [mark, text(at + 24, 42, one.name, '')];
  });
}

function drawn(series: Series, ink: string, x: Scale, y: Scale): string[] {
  let pen = 'M';
  const places = series.points.map((point) => {
    if (point.y === undefined) {
      pen = 'M';
      return undefined;
    }
    const place = { pen, x: x(point.x), y: y(point.y) };
    pen = 'L';
    return place;
  });
  const drawnOnes = places.filter((place) => place !== undefined);
  const steps = drawnOnes.map((place) => `${place.pen}${place.x} ${place.y}`);
  const path = `<path d="${steps.join('')}" ${stroked(series, ink)}/>`;
  if (series.style !== 'DOTS') return [path];
  return [
    path,
    ...drawnOnes.map((at) => `<circle cx="${at.x}" cy="${at.y}" r="3" fill="${ink}"/>`),
  ];
}

function stroked({ style }: Series, ink: string): string {
  const dashes = style === 'DASHES' ? ' stroke-dasharray="5 4"' : '';
  return `fill="none" stroke="${ink}" stroke-width="${style === 'DOTS' ? 2 : 1.5}"${dashes}`;
}

function rule(x1: number, y1: number, x2: number, y2: number, stroke: string): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}"/>`;
}

function text(x: number, y: number, words: string, attributes: string): string {
  const open = `<text x="${x}" y="${y}" ${attributes}`.trimEnd();
  return `${open}>${words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
}

function colour({ style }: Series, i: number): string {
  return style === 'DASHES' ? '#000000' : (COLOURS[i % COLOURS.length] ?? INK);
}
