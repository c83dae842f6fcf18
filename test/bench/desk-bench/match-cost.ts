import { compared, type MeasuredFigure } from '../figures';
import { FullDesk } from './full-desk';

const AGENTS = 1_000;
const SIZES = [100, 1_000, 10_000] as const;
const MATCHES = 500;

/** What one match costs with so many in line, against the same with a hundred; in rounds, in turn. */
export function matchCost(rounds: number, say: (line: string) => void): MeasuredFigure[] {
  const desks = SIZES.map((waiting) => ({ waiting, desk: new FullDesk(waiting, AGENTS) }));
  // Not measured: what is compiled once.
  for (const { desk } of desks) timed(desk);
  const measured = Array.from({ length: rounds }, (_, round) => {
    const perSecond = desks.map(({ desk }) => MATCHES / timed(desk));
    const all = SIZES.map((size, i) => `${(perSecond[i] ?? 0).toFixed(0)}/s with ${size} in line`);
    say(`round ${round + 1}: matches ${all.join(', ')}`);
    return perSecond;
  });
  const least = measured.map(([hundred = NaN]) => hundred);
  const figures = SIZES.map((size, i) => {
    const own = measured.map((perSecond) => perSecond[i] ?? NaN);
    const name = { figure: `matches-per-second-${size}`, unit: 'matches/s' };
    return compared({ bench: 'desk', ...name }, own, least);
  });
  const most = measured.map((perSecond) => perSecond.at(-1) ?? NaN);
  const cost = (perSecond: number): number => 1e6 / perSecond;
  const growth = { bench: 'desk', figure: 'match-cost-growth', unit: 'µs' } as const;
  return [compared(growth, most.map(cost), least.map(cost)), ...figures];
}

/** Seconds. */
function timed(desk: FullDesk): number {
  const began = process.hrtime.bigint();
  for (let n = 0; n < MATCHES; n++) desk.match();
  return Number(process.hrtime.bigint() - began) / 1e9;
}
