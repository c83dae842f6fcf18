import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isFinal } from '../../src/domain/words';
import { demoAndVerify, type RecordedRun } from './recorded-run';
import { SMALL, writeReport } from './report';

/** The research data's day, where it lies beside the project (or is named); else an invented one as long. */
const GIVEN = [
  process.env['VKYC_TRACE'] ?? '',
  join(__dirname, '../../../shared/data/calls/bank-calls-one-day.csv'),
].find((path) => path !== '' && existsSync(path));

const ROWS = SMALL ? 40 : 2_375;
const isReal = GIVEN !== undefined && !SMALL;
const TRACE = isReal ? GIVEN : 'generated';
const SPEED = SMALL ? 1_440 : 60;
/**
 * At its busiest hour the day has 3.5 arrivals a second at this speed, more than two cores carry
 * from the customer's browser to the log: then customers begin late, which the summary tells.
 */
const AT_ONCE = 60;

let run: RecordedRun;
beforeAll(async () => {
  const began = new Date();
  const size = isReal ? [] : ['--profiles', ROWS];
  run = await demoAndVerify([
    ...['--trace', TRACE, ...size, '--speed', SPEED],
    ...['--at-once', AT_ONCE, '--seed', 1],
  ]);
  const title = `A day of ${ROWS} calls (${isReal ? 'AnonymousBank, 1999' : 'generated'}) at ${SPEED} times its speed`;
  writeReport('trace-day', title, began, run.lines);
}, 10_800_000);

it('accounts for every row of the trace', () => {
  expect(run.record.ends).toHaveLength(ROWS);
  expect(new Set(run.record.ends.map(({ profileId }) => profileId)).size).toBe(ROWS);
  expect(run.record.ends.filter(({ status }) => !isFinal(status))).toEqual([]);
});

it('ends every journey as its row says', () => {
  expect(run.demo.lines).toContain('Every journey ended as its script says.');
  expect(run.demo.code).toBe(0);
});

it('leaves no difference', () => {
  expect(run.verify.lines.at(-1)).toMatch(/: no difference\.$/);
  expect(run.verify.code).toBe(0);
});
