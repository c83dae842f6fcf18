import { codeOf, failureKind } from './errors';

export interface Isolated<T> {
  /** Those that can never go in, with the error each one alone had caused. */
  readonly poisoned: readonly { readonly item: T; readonly error: unknown }[];
  /** Those that did not go in now: the attempt has to be repeated. */
  readonly failed: readonly T[];
  /** Why, when any failed; a code without values. */
  readonly failure: string;
}

/**
 * Inserts per group. Finding one poison row among 5,000 takes 26; a group that needs more than this
 * is stopped, so that its callers hear within their time, and goes on with their next attempt.
 */
const MAX_INSERTS = 400;

/**
 * Inserts all items, halving what ClickHouse refuses until each poison item stands alone. What is
 * in neither list of the answer is in the table.
 *
 * An error that is on no list is treated like a poison row, but never judged: the item alone fails
 * and may be repeated, the others go in. When nothing at all goes in, it is not the rows' fault.
 */
export async function insertIsolating<T>(
  items: readonly T[],
  insert: (items: readonly T[]) => Promise<void>,
): Promise<Isolated<T>> {
  const poisoned: { item: T; error: unknown }[] = [];
  const failed: T[] = [];
  let failure = '';
  const work: (readonly T[])[] = [items];
  const giveUp = (rest: readonly T[], why: string): Isolated<T> => ({
    poisoned,
    failed: [...failed, ...rest, ...work.flat()],
    failure: why,
  });
  let inserted = 0;
  for (let slice = work.pop(), n = 1; slice !== undefined; slice = work.pop(), n++) {
    if (n > MAX_INSERTS) return giveUp(slice, 'TOO_MANY_REFUSED_ROWS');
    const refusal = await refusalOf(insert(slice));
    if (!refusal) {
      inserted += slice.length;
      continue;
    }
    const { error } = refusal;
    const [only] = slice;
    if (failureKind(error) === 'unavailable' || only === undefined) {
      return giveUp(slice, codeOf(error));
    } else if (slice.length > 1) {
      const middle = slice.length >> 1;
      work.push(slice.slice(middle), slice.slice(0, middle));
    } else if (failureKind(error) === 'data') {
      poisoned.push({ item: only, error });
    } else {
      failed.push(only);
      failure = codeOf(error);
      if (inserted === 0 && failed.length > 1) return giveUp([], failure);
    }
  }
  return { poisoned, failed, failure };
}

async function refusalOf(promise: Promise<void>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return { error };
  }
}
