import type { TracedCall } from './call';

const HOUR_S = 3_600;

/**
 * The 60 minutes in which most calls arrived, wherever on the clock they begin; the earliest of equal
 * ones. `calls` in the order of their arrival.
 */
export function busiestHour(calls: readonly TracedCall[]): TracedCall[] {
  let [first, count] = [0, 0];
  let end = 0;
  calls.forEach(({ entry }, begin) => {
    while ((calls[end]?.entry ?? Infinity) < entry + HOUR_S) end += 1;
    if (end - begin > count) [first, count] = [begin, end - begin];
  });
  return calls.slice(first, first + count);
}
