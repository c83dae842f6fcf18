import { Readable } from 'node:stream';

/**
 * A stream whose first bytes were read before this resolves, so that what cannot be opened or was damaged
 * can still become an answer; a later error means that the answer must be broken off. The caller reads to
 * the end or destroys it.
 */
export async function begunStream(
  chunks: AsyncGenerator<Buffer, void, undefined>,
): Promise<Readable> {
  let first: IteratorResult<Buffer, void> | undefined = await chunks.next();
  const rest: AsyncIterableIterator<Buffer, void, undefined> = {
    next: () => {
      const next = first === undefined ? chunks.next() : Promise.resolve(first);
      first = undefined;
      return next;
    },
    return: () => chunks.return(),
    [Symbol.asyncIterator]: () => rest,
  };
  return Readable.from(rest, { objectMode: false });
}
