import { busiestHour } from './busiest-hour';
import { parseTrace, type TracedCall } from './call';
import { generateTrace } from './generate';

const MINUTE = 60;

/** Calls that arrive so many minutes after midnight. */
function arriving(...minutes: readonly number[]): TracedCall[] {
  const [any] = parseTrace(generateTrace(1, 1));
  return minutes.map((minute) => ({ ...any!, entry: minute * MINUTE }));
}

function minutesOf(calls: readonly TracedCall[]): number[] {
  return calls.map(({ entry }) => entry / MINUTE);
}

describe('the busiest hour', () => {
  it.each([
    ['none of no calls', [], []],
    ['begins with a call, not with the clock’s hour', [0, 50, 70, 109, 190], [50, 70, 109]],
    ['ends before the call 60 minutes later', [0, 60, 61, 120], [60, 61]],
    ['is the earliest of equal ones', [0, 1, 100, 101], [0, 1]],
    ['holds calls of the same second', [5, 100, 100, 100], [100, 100, 100]],
    ['may be the last', [0, 200, 210], [200, 210]],
  ])('%s', (_, day, hour) => {
    expect(minutesOf(busiestHour(arriving(...day)))).toEqual(hour);
  });

  it('has as many calls as any 60 minutes of the day', () => {
    const day = parseTrace(generateTrace(7, 2_000));
    const within = (from: number): number =>
      day.filter(({ entry }) => entry >= from && entry < from + 3_600).length;
    const most = Math.max(...Array.from({ length: 86_400 / 300 }, (_, i) => within(i * 300)));
    expect(busiestHour(day).length).toBeGreaterThanOrEqual(most);
  });
});
