import { parseTokenOptions } from './options';

const PROFILE = '11111111-2222-5333-8444-555555555555';
const OF_AGENT = ['--profile', PROFILE, '--as', 'agent:agent-1'];

it('asks the product of npm start, in the demo organization, for the signal that is his', () => {
  expect(parseTokenOptions(OF_AGENT)).toEqual({
    profileId: PROFILE,
    decider: { kind: 'agent', id: 'agent-1' },
    signal: 'makerDecision',
    remark: undefined,
    api: 'http://127.0.0.1:3000',
    ouid: 'demo-bank',
    temporal: '',
    json: false,
  });
});

it.each([
  ['reviewer:reviewer-1', 'checkerDecision'],
  ['agent:a.b_c-1', 'makerDecision'],
])('knows the signal of %s', (who, signal) => {
  expect(parseTokenOptions(['--profile', PROFILE, '--as', who])).toMatchObject({ signal });
  const said = ['--profile', PROFILE, '--as', who, '--signal', signal];
  expect(parseTokenOptions(said)).toMatchObject({ signal });
});

it('takes everything else as given', () => {
  const flags = ['--as', 'client', '--key', 'vk_x', '--signal', 'cancel', '--ouid', 'bank-1'];
  const more = ['--api', 'http://api:1/', '--temporal', 't:2', '--remark', 'so be it', '--json'];
  expect(parseTokenOptions(['--profile', PROFILE, ...flags, ...more])).toEqual({
    profileId: PROFILE,
    decider: { kind: 'client', key: 'vk_x' },
    signal: 'cancel',
    remark: 'so be it',
    api: 'http://api:1',
    ouid: 'bank-1',
    temporal: 't:2',
    json: true,
  });
});

it.each([
  [[], /^--profile is missing\. Flags/],
  [['--profile', PROFILE], /^--as is missing/],
  [['--profile', 'P1', '--as', 'agent:a'], /^--profile takes a ProfileID, not "P1"/],
  [['--profile', PROFILE, '--as', 'agent-1'], /^--as takes agent:ID/],
  [['--profile', PROFILE, '--as', 'supervisor:s1'], /^--as takes agent:ID/],
  [['--profile', PROFILE, '--as', 'agent:'], /^--as takes agent:ID/],
  [['--profile', PROFILE, '--as', 'client'], /^--key is missing/],
  [[...OF_AGENT, '--signal', 'checkerDecision'], /^--signal checkerDecision is not for agent/],
  [[...OF_AGENT, '--signal', 'approve'], /^--signal takes makerDecision, checkerDecision, cancel/],
  [[...OF_AGENT, '--api', 'here:3000'], /^--api takes an http address, not "here:3000"/],
  [[...OF_AGENT, '--tokn'], /^Unknown option '--tokn'\. Flags/],
])('refuses %j in one sentence', (args, sentence) => {
  expect(() => parseTokenOptions(args)).toThrow(sentence);
});
