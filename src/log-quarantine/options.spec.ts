import { StartError } from '../local/start-error';
import { parseQuarantineOptions } from './options';

it('lists, of all or of one organization', () => {
  expect(parseQuarantineOptions(['list'])).toEqual({ act: 'list', ouid: undefined });
  expect(parseQuarantineOptions(['list', '--ouid', 'bank'])).toEqual({ act: 'list', ouid: 'bank' });
});

it('replays, and mends the one row that is named', () => {
  expect(parseQuarantineOptions(['replay'])).toEqual({ act: 'replay', mended: {} });
  const args = ['replay', '--event', 'e1', '--set', '{"queueId":"q","attempt":1}'];
  expect(parseQuarantineOptions(args)).toEqual({
    act: 'replay',
    eventId: 'e1',
    mended: { queueId: 'q', attempt: 1 },
  });
});

it.each([
  [[], 'say list or replay'],
  [['mend'], 'say list or replay'],
  [['list', '--event', 'e'], 'list takes --ouid alone'],
  [['replay', '--set', '{}'], 'name it with --event'],
  [['replay', '--event', 'e', '--set', '[1]'], 'takes a JSON object'],
  [['replay', '--event', 'e', '--set', 'queueId=q'], 'takes a JSON object'],
  [['replay', '--event', 'e', '--set', '{"queue":"q"}'], 'a log row has no queue'],
  [['replay', '--all'], "Unknown option '--all'"],
])('refuses %j', (args, why) => {
  expect(() => parseQuarantineOptions(args)).toThrow(StartError);
  expect(() => parseQuarantineOptions(args)).toThrow(why);
});
