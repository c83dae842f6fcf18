import { setImmediate as soon } from 'node:timers/promises';
import { InsightLane } from './insight-lane';

const stays = () => false;

/** An answer that comes when it is let. */
function held() {
  let let_: (() => void) | undefined;
  const answer = new Promise<string>((resolve) => {
    let_ = () => {
      resolve('answered');
    };
  });
  return { answer, release: () => let_?.() };
}

it('asks two at a time, the others in their turn', async () => {
  const lane = new InsightLane();
  const begun: number[] = [];
  const questions = [0, 1, 2, 3].map(held);
  const answers = questions.map(({ answer }, n) =>
    lane.through(`bank-${n}`, stays, () => {
      begun.push(n);
      return answer;
    }),
  );
  await soon();
  expect(begun).toEqual([0, 1]);
  questions[1]?.release();
  await answers[1];
  await soon();
  expect(begun).toEqual([0, 1, 2]);
  for (const { release } of questions) release();
  expect(await Promise.all(answers)).toEqual(Array(4).fill('answered'));
});

it('takes so many of one organization, and another’s all the same', async () => {
  const lane = new InsightLane();
  const { answer, release } = held();
  const ask = (ouid: string) => lane.through(ouid, stays, () => answer);
  const taken = Array.from({ length: 8 }, () => ask('bank-a'));
  await expect(ask('bank-a')).rejects.toMatchObject({ code: 'INSIGHTS_BUSY' });
  const other = ask('bank-b');
  release();
  await Promise.all([...taken, other]);
  expect(await ask('bank-a')).toBe('answered');
});

it('asks nothing for who has left, and gives his turn on', async () => {
  const lane = new InsightLane();
  const { answer, release } = held();
  const busy = [1, 2].map((n) => lane.through(`bank-${n}`, stays, () => answer));
  const asked = jest.fn(() => Promise.resolve('answered'));
  const gone = lane.through('bank-3', () => true, asked);
  const last = lane.through('bank-4', stays, asked);
  release();
  await expect(gone).rejects.toMatchObject({ code: 'INSIGHTS_BUSY' });
  expect(await last).toBe('answered');
  expect(asked).toHaveBeenCalledTimes(1);
  await Promise.all(busy);
});

it('counts a failed question as done', async () => {
  const lane = new InsightLane();
  for (let n = 0; n < 20; n += 1) {
    const failing = lane.through('bank-a', stays, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
  }
});
