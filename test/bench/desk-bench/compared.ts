import { median, type MeasuredFigure } from '../figures';

/** A figure of the rounds' values, each divided by its control's of the same round. */
export function compared(
  figure: string,
  unit: string,
  values: readonly number[],
  controls: readonly number[],
): MeasuredFigure {
  const ratios = values.map((value, round) => value / (controls[round] ?? NaN));
  return {
    figure: {
      bench: 'desk',
      figure,
      value: median(values),
      unit,
      control: median(controls),
      ratio: median(ratios),
    },
    ratios,
  };
}
