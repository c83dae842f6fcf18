import { SharedAnswers } from './shared-answers';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Answers how often it was asked, after 1 s. */
function counter(): () => Promise<number> {
  let asked = 0;
  return () => {
    asked += 1;
    const nth = asked;
    return new Promise((resolve) => setTimeout(resolve, 1_000, nth));
  };
}

it('asks once for all who ask within its age, however long the answer takes', async () => {
  const answers = new SharedAnswers<number>(500);
  const ask = counter();
  const first = answers.get('a', ask);
  await jest.advanceTimersByTimeAsync(900);
  const second = answers.get('a', ask);
  await jest.advanceTimersByTimeAsync(100);
  await expect(Promise.all([first, second])).resolves.toEqual([1, 1]);
  const third = answers.get('a', ask);
  await jest.advanceTimersByTimeAsync(1_000);
  await expect(third).resolves.toBe(2);
});

it('tells keys apart, and forgets when it is told to', async () => {
  const answers = new SharedAnswers<number>(60_000);
  const ask = counter();
  const found = [answers.get('a', ask), answers.get('b', ask), answers.get('a', ask)];
  answers.forget('a');
  found.push(answers.get('a', ask));
  await jest.advanceTimersByTimeAsync(1_000);
  await expect(Promise.all(found)).resolves.toEqual([1, 2, 1, 3]);
});

it('asks again after a failure', async () => {
  const answers = new SharedAnswers<number>(60_000);
  await expect(answers.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  await expect(answers.get('a', () => Promise.resolve(1))).resolves.toBe(1);
});
