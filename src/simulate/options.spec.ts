import { parseSimulateOptions } from './options';

it('has sensible values without flags', () => {
  expect(parseSimulateOptions([])).toEqual({
    trace: 'generated',
    busiestHour: false,
    profiles: 2_000,
    agents: undefined,
    seed: 1,
    acceptMs: 3_000,
    joinMs: 5_000,
    decideMs: 20_000,
    wrapUpMs: 0,
    queueMs: undefined,
    serviceLevelMs: 60_000,
    serviceScale: 1,
    out: '',
  });
});

it('takes seconds, and a day’s file', () => {
  const args = [
    '--trace',
    'day.csv',
    '--busiest-hour',
    '--wrap-up-seconds',
    '12.5',
    '--queue-seconds',
    '600',
  ];
  expect(parseSimulateOptions(args)).toMatchObject({
    trace: 'day.csv',
    busiestHour: true,
    wrapUpMs: 12_500,
    queueMs: 600_000,
  });
});

it.each([
  [['--agents', 'many'], /^--agents takes a number, not "many"\. Flags/],
  [['--agents', '0'], /--agents takes a whole number from 1 to 500/],
  [['--agents', '2.5'], /--agents takes a whole number/],
  [['--decide-seconds', '-1'], /--decide-seconds/],
  [['--wrap-up-seconds', '90000'], /--wrap-up-seconds takes 0 to 86400 seconds/],
  [['--service-scale', '0'], /--service-scale takes more than 0/],
  [['--speed', '60'], /Unknown option '--speed'/],
  [['day.csv'], /day\.csv/],
])('refuses %j in one sentence', (args, sentence) => {
  expect(() => parseSimulateOptions(args)).toThrow(sentence);
});
