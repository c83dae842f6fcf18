import { DIMENSIONS, type Dimension } from './dimensions';
import type { Source } from './source';

export const UNITS = [
  'calls',
  'decisions',
  'events',
  'profiles',
  'steps',
  'ms',
  '%',
  'share',
  'calls per profile',
] as const;
type Unit = (typeof UNITS)[number];

/** How a figure comes from the rows of its source. `where` is also what its drill-down lists. */
type Value =
  | { readonly kind: 'COUNT' | 'PROFILES'; readonly where: string }
  | { readonly kind: 'SUM'; readonly of: string; readonly where: string }
  | {
      readonly kind: 'QUANTILE';
      readonly level: number;
      readonly of: string;
      readonly where: string;
    };

interface Told {
  readonly name: string;
  /** One sentence; docs/insights.md has the same. */
  readonly definition: string;
  readonly unit: Unit;
}

/** A figure that is read from a source. */
export interface Measured extends Told {
  readonly source: Source;
  readonly value: Value;
}

/** Figures divided by others, each side summed up; null where there is nothing to divide by. */
export interface Share extends Told {
  readonly share: { readonly of: readonly Measured[]; readonly among: readonly Measured[] };
}

export type Figure = Measured | Share;

/** What a figure is read from: itself, or the parts of a share. */
export function partsOf(figure: Figure): readonly Measured[] {
  return 'share' in figure ? [...figure.share.of, ...figure.share.among] : [figure];
}

/** By what a figure may be grouped and narrowed: what all its parts know. */
export function dimensionsOf(figure: Figure): Dimension[] {
  const parts = partsOf(figure);
  return DIMENSIONS.filter(
    (d) => d === 'day' || d === 'hour' || parts.every(({ source }) => source.columns.includes(d)),
  );
}

/** A figure of so many rows or profiles: its drill-down has as many entries. */
export function isCountable(figure: Figure): figure is Measured {
  return 'value' in figure && (figure.value.kind === 'COUNT' || figure.value.kind === 'PROFILES');
}

type Text = readonly [name: string, definition: string, where?: string];

/** Figures of one source. */
export function of(source: Source) {
  const count = (unit: Unit, [name, definition, where = '1']: Text): Measured => ({
    ...{ name, definition, unit, source },
    value: { kind: unit === 'profiles' ? 'PROFILES' : 'COUNT', where },
  });
  const sum = (unit: Unit, column: string, [name, definition, where = '1']: Text): Measured => ({
    ...{ name, definition, unit, source },
    value: { kind: 'SUM', of: column, where },
  });
  /** `P50`, `P95` of a column: a value that was measured, none in between. */
  const quantiles = (
    unit: Unit,
    column: string,
    [name, definition, where = '1']: Text,
    levels: readonly number[] = [50, 95],
  ): Measured[] =>
    levels.map((level) => ({
      ...{ name: `${name}P${level}`, definition, unit, source },
      value: { kind: 'QUANTILE', level: level / 100, of: column, where },
    }));
  return { count, sum, quantiles };
}

export function share(
  [name, definition]: Text,
  parts: readonly Measured[],
  among: readonly Measured[],
  unit: Unit = 'share',
): Share {
  return { name, definition, unit, share: { of: parts, among } };
}
