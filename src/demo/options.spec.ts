import { parseDemoOptions } from './options';
import { planRun } from './plan';

it('has sensible values without flags', () => {
  expect(parseDemoOptions([])).toMatchObject({ profiles: 24, seed: 1, speed: 60, trace: '' });
});

it.each([
  [['--profiles', 'many'], /--profiles takes a number, not "many"/],
  [['--profiles', '0'], /--profiles takes a whole number/],
  [['--agents', '2.5'], /--agents takes a whole number/],
  [['--speed', '0.5'], /--speed takes 1 or more/],
  [['--api', 'http://somewhere'], /--api and --key belong together/],
  [['--never'], /--never/],
])('refuses %j in one sentence', (args, sentence) => {
  expect(() => parseDemoOptions(args)).toThrow(sentence);
});

it('plans as many journeys as asked for, and people to serve them', () => {
  const { plan, staff } = planRun(parseDemoOptions(['--profiles', '7', '--agents', '6']));
  expect(plan.arrivals).toHaveLength(7);
  expect([staff.agents.length, staff.reviewers.length]).toEqual([6, 3]);
});

it('plans a day with its own agents and timers as fast as the day', () => {
  const { plan, timers } = planRun(
    parseDemoOptions(['--trace', 'generated', '--profiles', '9', '--speed', '60']),
  );
  expect(plan.arrivals).toHaveLength(9);
  expect(plan.closing).toBe(true);
  expect(timers).toMatchObject({ queue: 30_000, call: 20_000, offer: 5_000 });
});

it('says so when there is no such trace', () => {
  const options = parseDemoOptions(['--trace', '/nowhere/day.csv']);
  expect(() => planRun(options)).toThrow('/nowhere/day.csv cannot be read: ENOENT');
});
