import { VideoError } from '../../src/ports/video-provider';

/** A round of 500 calls has to fit into its two minutes; 100ms publishes no limit of its rate. */
const AT_ONCE = 4;
/** A service that fails one request in ten leaves 27 of 100 calls (of three requests each) open the first time. */
const PASSES = 3;
/** So many without one answer between them: it is the service, and the round is tried again. */
const MOST_UNANSWERED = 20;

/**
 * Asks the video service about each, and about those it did not answer for again after the others.
 * Returns how many are left without an answer.
 *
 * @throws VideoError UNAVAILABLE when nobody answers; whatever else `ask` throws
 */
export async function askAll<T>(
  all: readonly T[],
  ask: (one: T) => Promise<void>,
): Promise<number> {
  let left = all;
  let answered = 0;
  for (let pass = 1; pass <= PASSES && left.length > 0; pass += 1) {
    const unanswered: T[] = [];
    for (let n = 0; n < left.length; n += AT_ONCE) {
      const some = left.slice(n, n + AT_ONCE);
      const errors = await Promise.all(some.map((one) => unavailable(ask(one))));
      const without = some.filter((_, i) => errors[i]);
      unanswered.push(...without);
      answered += some.length - without.length;
      const error = errors.find((one) => one);
      if (error && answered === 0 && unanswered.length > MOST_UNANSWERED) throw error;
    }
    left = unanswered;
  }
  return left.length;
}

async function unavailable(asking: Promise<void>): Promise<VideoError | undefined> {
  try {
    await asking;
    return undefined;
  } catch (error) {
    if (error instanceof VideoError && error.code === 'UNAVAILABLE') return error;
    throw error;
  }
}
