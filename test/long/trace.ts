import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SMALL } from './report';

/** The research data's day, where it lies beside the project (or is named); else an invented one as long. */
const GIVEN = [
  process.env['VKYC_TRACE'] ?? '',
  join(__dirname, '../../../shared/data/calls/bank-calls-one-day.csv'),
].find((path) => path !== '' && existsSync(path));

/** How many calls that day has. */
const CALLS = 2_375;

/** The day that the long tests replay. */
export interface TracedDay {
  /** As `--trace` takes it. */
  readonly trace: string;
  readonly rows: number;
  readonly isReal: boolean;
  /** Where it is from, for a report's title. */
  readonly source: string;
  readonly flags: readonly (string | number)[];
}

/** @param small how many calls an invented one has when the long tests are only tried out */
export function tracedDay(small: number): TracedDay {
  const isReal = GIVEN !== undefined && !SMALL;
  const rows = SMALL ? small : CALLS;
  const trace = isReal ? GIVEN : 'generated';
  return {
    trace,
    rows,
    isReal,
    source: isReal ? 'AnonymousBank, 1999' : 'generated',
    flags: ['--trace', trace, ...(isReal ? [] : ['--profiles', rows])],
  };
}
