import type { Sample } from './measure';
import type { Variant } from './variants';

/** One line of `--json`: medians over the rounds; `ratio` is the median of the rounds' ratios. */
export interface Figure {
  readonly bench: 'journeys' | 'desk' | 'log';
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** The same of the control. */
  readonly control: number;
  readonly ratio: number;
}

/** A figure with what it came from: its rounds' ratios, for their spread. */
export interface MeasuredFigure {
  readonly figure: Figure;
  readonly ratios: readonly number[];
}

interface Recipe {
  readonly name: string;
  readonly unit: string;
  readonly control: Exclude<Variant, 'product'>;
  readonly atOnce: number;
  readonly of: (sample: Sample) => number | undefined;
}

const perSecond = (s: Sample): number => s.journeys / s.seconds;
const perJourney = (all: number | undefined, s: Sample): number | undefined =>
  all === undefined ? undefined : all / s.journeys;

const cpuPerJourney = (s: Sample): number | undefined =>
  s.cpu && (s.cpu.worker + s.cpu.temporal + s.cpu.clickhouse) / s.journeys;

/** Every figure of the bench at these levels; what was not measured is left out. */
export function figuresOf(samples: readonly Sample[], levels: readonly number[]): MeasuredFigure[] {
  const recipes: Recipe[] = levels.flatMap((atOnce): Recipe[] => [
    recipe('journeys-per-second', 'journeys/s', 'floor', atOnce, perSecond),
    recipe('journeys-per-second', 'journeys/s', 'naive', atOnce, perSecond),
    recipe('cpu-per-journey', 'CPU s', 'floor', atOnce, cpuPerJourney),
    recipe('inserts-per-journey', 'inserts', 'naive', atOnce, (s) => perJourney(s.inserts, s)),
  ]);
  const [lowest = 1] = [...levels].sort((a, b) => a - b);
  recipes.push({
    ...recipe('events-per-journey', 'events', 'floor', lowest, (s) => perJourney(s.events, s)),
    name: 'events-per-journey-vs-floor',
  });
  recipes.push({
    ...recipe('command-p50', 'ms', 'floor', 1, (s) => median(s.latencies)),
    name: 'command-p50-vs-bare-update',
  });
  return recipes.flatMap((one) => measured(samples, one));
}

function recipe(
  stem: string,
  unit: string,
  control: Recipe['control'],
  atOnce: number,
  of: Recipe['of'],
): Recipe {
  return { name: `${stem}-vs-${control}-${atOnce}`, unit, control, atOnce, of };
}

function measured(
  samples: readonly Sample[],
  { name, unit, control, atOnce, of }: Recipe,
): MeasuredFigure[] {
  const rounds = samples
    .filter((s) => s.atOnce === atOnce && s.variant === 'product')
    .flatMap((product) => {
      const other = samples.find(
        (s) => s.atOnce === atOnce && s.variant === control && s.round === product.round,
      );
      const value = of(product);
      const against = other && of(other);
      return value === undefined || against === undefined ? [] : [{ value, control: against }];
    });
  if (rounds.length === 0) return [];
  const values = rounds.map(({ value }) => value);
  const controls = rounds.map(({ control }) => control);
  return [compared({ bench: 'journeys', figure: name, unit }, values, controls)];
}

/** A figure of the rounds' values, each divided by its control's of the same round. */
export function compared(
  name: Pick<Figure, 'bench' | 'figure' | 'unit'>,
  values: readonly number[],
  controls: readonly number[],
): MeasuredFigure {
  const ratios = values.map((value, round) => value / (controls[round] ?? NaN));
  const [value, control] = [median(values), median(controls)];
  return { figure: { ...name, value, control, ratio: median(ratios) }, ratios };
}

/** The middle one, or the mean of the middle two; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[half - 1 + (sorted.length % 2)], sorted[half]];
  return (low + high) / 2;
}
