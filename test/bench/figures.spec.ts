import { parseStat } from './cpu';
import { figuresOf, median } from './figures';
import type { Sample } from './measure';
import { journeysAt, parseOptions } from './options';
import { jsonLines, table } from './report';
import { orderOf, type Variant, VARIANTS } from './variants';

/** Journeys a second are `rate`; everything else follows from it. */
function sample(variant: Variant, round: number, rate: number, atOnce = 1): Sample {
  const cpu = { worker: rate, temporal: 2 * rate, clickhouse: rate };
  const latencies = [rate, 3 * rate, 100 * rate];
  const counts = { journeys: 10, seconds: 10 / rate, events: 20 * rate, inserts: 0, rows: 0 };
  return { variant, atOnce, round, ...counts, cpu, latencies, lastProfileId: '' };
}

describe('figures', () => {
  const rates: Readonly<Record<Variant, readonly number[]>> = {
    product: [6, 3, 8],
    floor: [10, 10, 10],
    naive: [2, 2, 1],
  };
  const samples = VARIANTS.flatMap((v) => rates[v].map((rate, round) => sample(v, round, rate)));
  const byName = new Map(figuresOf(samples, [1]).map((m) => [m.figure.figure, m]));

  it('are medians, their ratios taken in each round', () => {
    expect(byName.get('journeys-per-second-vs-floor-1')?.figure).toEqual({
      bench: 'journeys',
      figure: 'journeys-per-second-vs-floor-1',
      value: 6,
      unit: 'journeys/s',
      control: 10,
      ratio: 0.6,
    });
    // 3, 1.5 and 8: not the medians' 6 / 2 by accident only.
    expect(byName.get('journeys-per-second-vs-naive-1')?.ratios).toEqual([3, 1.5, 8]);
    expect(byName.get('cpu-per-journey-vs-floor-1')?.figure.value).toBeCloseTo(2.4);
    expect(byName.get('events-per-journey-vs-floor')?.figure.value).toBeCloseTo(12);
    expect(byName.get('command-p50-vs-bare-update')?.figure.value).toBeCloseTo(18);
  });

  it('leave out what was not measured', () => {
    expect(figuresOf(samples, [10]).map((m) => m.figure.figure)).toEqual([
      'command-p50-vs-bare-update',
    ]);
    const blind = samples.map(({ cpu: _cpu, ...rest }) => rest);
    expect(figuresOf(blind, [1]).map((m) => m.figure.figure)).not.toContain(
      'cpu-per-journey-vs-floor-1',
    );
  });

  it('are one object a line, and a table with their spread', () => {
    const figures = figuresOf(samples, [1]);
    const lines = jsonLines(figures).trimEnd().split('\n');
    expect(lines).toHaveLength(figures.length);
    expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual([
      'bench',
      'figure',
      'value',
      'unit',
      'control',
      'ratio',
    ]);
    expect(table(figures)).toMatch(/^journeys-per-second-vs-floor-1 +0\.60 +0\.30 – 0\.80 /m);
  });
});

describe('the bench', () => {
  it('knows the middle of an odd and of an even number', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
  });

  it('reads a process’s CPU time, whatever its name', () => {
    expect(parseStat('7 (a b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0')).toBe(2);
  });

  it('lets each variant come first in turn', () => {
    expect([0, 1, 2, 3].map((round) => orderOf(round)[0])).toEqual([
      'product',
      'floor',
      'naive',
      'product',
    ]);
  });

  it('takes its options, and says what is wrong with them', () => {
    const options = parseOptions(['journeys', '--at-once', '1,50', '--journeys', '60']);
    expect(options).toEqual({
      bench: 'journeys',
      rounds: 5,
      atOnce: [1, 50],
      journeys: 60,
      events: 10_000_000,
      json: undefined,
    });
    expect(parseOptions(['desk']).bench).toBe('desk');
    expect([1, 50, 80].map((n) => journeysAt(options, n))).toEqual([5, 60, 80]);
    expect(() => parseOptions([])).toThrow('say which bench');
    expect(() => parseOptions(['journeys', '--rounds', '0'])).toThrow('--rounds takes');
  });
});
