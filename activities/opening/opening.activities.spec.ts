import { NOON } from '../../test/support/journeys';
import { OFFICE } from '../../test/support/opening-hours';
import { createOpeningActivities } from './opening.activities';

const DAY = 24 * 60 * 60 * 1_000;

describe('openings', () => {
  const { openings } = createOpeningActivities();
  const ask = () => openings([{ queueId: 'q-en', openingHours: OFFICE }], NOON);

  it('tells of each queue when it is open in the next 40 days, from now on', async () => {
    const { until, queues } = await ask();
    expect(until).toBe(NOON + 40 * DAY);
    expect(Object.keys(queues)).toEqual(['q-en']);
    // From a Monday, ten o'clock in India, to a Saturday: six working weeks, the first day cut off.
    expect(queues['q-en']).toHaveLength(30);
    expect(queues['q-en']?.[0]).toEqual({ from: NOON, to: NOON + 8 * 3_600_000 });
  });

  it('says the same when it is run again', async () => {
    expect(await ask()).toEqual(await ask());
  });
});
