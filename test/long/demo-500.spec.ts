import { demoAndVerify, type RecordedRun } from './recorded-run';
import { SMALL, writeReport } from './report';

const PROFILES = SMALL ? 30 : 500;
const AGENTS = SMALL ? 4 : 24;
/** So many that nobody waits in line for longer than the policy lets him, on two cores. */
const AT_ONCE = SMALL ? 12 : 32;

let run: RecordedRun;
beforeAll(async () => {
  const began = new Date();
  const load = ['--agents', AGENTS, '--at-once', AT_ONCE];
  run = await demoAndVerify(['--profiles', PROFILES, ...load, '--seed', 1]);
  writeReport('demo-500', '500 journeys at once, then verified', began, run.lines);
}, 3_600_000);

it('ends every journey as its script says', () => {
  expect(run.demo.lines).toContain('Every journey ended as its script says.');
  expect(run.demo.code).toBe(0);
  expect(run.record.ends).toHaveLength(PROFILES);
});

it('leaves no difference', () => {
  expect(run.verify.lines.at(-1)).toMatch(/: no difference\.$/);
  expect(run.verify.code).toBe(0);
});
