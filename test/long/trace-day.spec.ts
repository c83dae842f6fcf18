import { isFinal } from '../../src/domain/words';
import { demoAndVerify, type RecordedRun } from './recorded-run';
import { SMALL, writeReport } from './report';
import { tracedDay } from './trace';

const DAY = tracedDay(40);
const SPEED = SMALL ? 1_440 : 60;
/**
 * At its busiest hour the day has 3.5 arrivals a second at this speed, more than two cores carry
 * from the customer's browser to the log: then customers begin late, which the summary tells.
 */
const AT_ONCE = 60;

let run: RecordedRun;
beforeAll(async () => {
  const began = new Date();
  run = await demoAndVerify([...DAY.flags, '--speed', SPEED, '--at-once', AT_ONCE, '--seed', 1]);
  const title = `A day of ${DAY.rows} calls (${DAY.source}) at ${SPEED} times its speed`;
  writeReport('trace-day', title, began, run.lines);
}, 10_800_000);

it('accounts for every row of the trace', () => {
  expect(run.record.ends).toHaveLength(DAY.rows);
  expect(new Set(run.record.ends.map(({ profileId }) => profileId)).size).toBe(DAY.rows);
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
