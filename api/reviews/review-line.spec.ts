import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';
import type { CommandSender } from '../temporal/command-sender';
import type { ProfileReader } from '../temporal/profile-reader';
import type { ReviewCases } from './review-cases';
import { ReviewLine } from './review-line';

const OUID = 'bank';
const caller = (id: string) => ({ ouid: OUID, actor: { type: 'REVIEWER', id } }) as Caller;
const silence = new Problem('OUTCOME_UNKNOWN', 'nobody answered');

/** Cases by what they say to a claim; a function is asked each time. */
function lineOf(cases: Readonly<Record<string, (reviewerId: string) => Promise<unknown>>>): {
  readonly line: ReviewLine;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const entries = Object.keys(cases).map((profileId) => ({ profileId, mine: false }));
  const waiting = { lineFor: () => Promise.resolve(entries) } as unknown as ReviewCases;
  const commands = {
    send: async ({ actor }: Caller, profileId: string) => {
      asked.push(`${actor.id} ${profileId}`);
      await cases[profileId]?.(actor.id);
      return { profileId };
    },
  } as unknown as CommandSender;
  const none = {} as ProfileReader;
  return { line: new ReviewLine(waiting, none, commands), asked };
}

const free = () => Promise.resolve();

afterEach(() => {
  jest.useRealTimers();
});

it('asks no case for two reviewers at once', async () => {
  const { line, asked } = lineOf({ oldest: free, second: free });
  const found = await Promise.all([line.next(caller('a')), line.next(caller('b'))]);
  expect(found).toEqual([{ profileId: 'oldest' }, { profileId: 'second' }]);
  expect(asked).toEqual(['a oldest', 'b second']);
});

it('gives one case to who asks three times at once', async () => {
  const { line, asked } = lineOf({ oldest: free, second: free });
  const found = await Promise.all([1, 2, 3].map(() => line.next(caller('a'))));
  expect(new Set(found.map((reply) => reply?.profileId))).toEqual(new Set(['oldest']));
  expect(asked).toEqual(['a oldest']);
});

it('goes on when a case is somebody else’s, or his own work', async () => {
  const taken = () => Promise.reject(new Problem('WRONG_STATUS', 'it is in review'));
  const own = () => Promise.reject(new Problem('SELF_REVIEW', 'you made the call'));
  const { line } = lineOf({ taken, own, free });
  await expect(line.next(caller('a'))).resolves.toEqual({ profileId: 'free' });
  const nothing = lineOf({ taken, own });
  await expect(nothing.line.next(caller('a'))).resolves.toBeUndefined();
});

it('passes a case that does not answer over for a minute', async () => {
  jest.useFakeTimers();
  const { line, asked } = lineOf({ silent: () => Promise.reject(silence), free });
  await expect(line.next(caller('a'))).rejects.toBe(silence);
  await expect(line.next(caller('a'))).resolves.toEqual({ profileId: 'free' });
  jest.advanceTimersByTime(60_001);
  await expect(line.next(caller('a'))).rejects.toBe(silence);
  expect(asked).toEqual(['a silent', 'a free', 'a silent']);
});

it('does not give back at once what he gave back, but to somebody else', async () => {
  jest.useFakeTimers();
  const { line } = lineOf({ his: free, other: free });
  line.gaveBack(caller('a'), 'his');
  await expect(line.next(caller('a'))).resolves.toEqual({ profileId: 'other' });
  await expect(line.next(caller('b'))).resolves.toEqual({ profileId: 'his' });
  jest.advanceTimersByTime(2_001);
  await expect(line.next(caller('a'))).resolves.toEqual({ profileId: 'his' });
});
