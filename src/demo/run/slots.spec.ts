import { setImmediate as tick } from 'node:timers/promises';
import { Slots } from './slots';

it('lets only so many run at once, and all in the end, failing ones too', async () => {
  const slots = new Slots(3);
  let running = 0;
  let most = 0;
  const one = (i: number): Promise<number> =>
    slots.use(async () => {
      running += 1;
      most = Math.max(most, running);
      await tick();
      running -= 1;
      if (i % 4 === 0) throw new Error('this one fails');
      return i;
    });
  const ended = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => one(i)));
  expect(most).toBe(3);
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(15);
  expect(running).toBe(0);
});
