/** By what figures are grouped and narrowed. Each is a column of the sources that know it, but day and hour. */
export const DIMENSIONS = [
  'queue',
  'language',
  'agent',
  'reviewer',
  'reason',
  'class',
  'party',
  'cause',
  'why',
  'step',
  'side',
  'attempt',
  'day',
  'hour',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A column of a source: not one of the clock, which every source has. */
export type Column = Exclude<Dimension, 'day' | 'hour'>;

/**
 * Days and hours of the clock of `tz`. An hour is told with its distance from UTC: when the clocks go
 * back, the hour that comes twice is two.
 */
const CLOCK: Readonly<Record<'day' | 'hour', string>> = {
  day: 'toString(toDate(at, {tz:String}))',
  hour: "replaceRegexpOne(formatDateTime(toStartOfHour(at, {tz:String}), '%FT%T%z', {tz:String}), '(..)$', ':\\\\1')",
};

export function expressionOf(dimension: Dimension): string {
  return dimension === 'day' || dimension === 'hour' ? CLOCK[dimension] : dimension;
}
