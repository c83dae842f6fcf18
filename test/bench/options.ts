import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly bench: 'journeys' | 'desk' | 'log';
  readonly rounds: number;
  /** How many journeys run at the same time, one measurement each. */
  readonly atOnce: readonly number[];
  /** Most journeys of one measurement. */
  readonly journeys: number;
  /** How many events the log is to have. */
  readonly events: number;
  readonly json: string | undefined;
}

export const USAGE = `npm run bench -- journeys|desk|log [options]
  --rounds N        measurements of each kind (5)
  --at-once A,B,C   journeys at the same time (1,10,50)
  --journeys N      journeys of one measurement (100; with few at once five times as many as those)
  --events N        events in the log (10000000; also a tenth of them)
  --json FILE       one object a line: bench, figure, value, unit, control, ratio`;

/** What the command line asks for. @throws Error with a sentence for whoever typed it */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      'at-once': { type: 'string', default: '1,10,50' },
      journeys: { type: 'string', default: '100' },
      events: { type: 'string', default: '10000000' },
      json: { type: 'string' },
    },
  });
  const [bench] = positionals;
  if (positionals.length !== 1 || !isBench(bench))
    throw new Error('say which bench: journeys, desk or log');
  const atOnce = [...new Set(values['at-once'].split(','))].map((n) => count('--at-once', n, 200));
  return {
    bench,
    rounds: count('--rounds', values.rounds, 100),
    atOnce,
    // A desk of the naive variant keeps one history, and Temporal ends one of 51,200 events.
    journeys: count('--journeys', values.journeys, 500),
    events: count('--events', values.events, 100_000_000),
    json: values.json,
  };
}

/** How many journeys one measurement takes at a level: one at a time, a hundred would take too long. */
export function journeysAt({ journeys }: BenchOptions, atOnce: number): number {
  return Math.max(Math.min(journeys, atOnce * 5), atOnce);
}

function count(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`${flag} takes whole numbers from 1 to ${most}`);
}

function isBench(name: string | undefined): name is BenchOptions['bench'] {
  return name === 'journeys' || name === 'desk' || name === 'log';
}
