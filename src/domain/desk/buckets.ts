/**
 * A map by id that is replaced, never mutated, at the cost of one bucket. Copying a record of 10,000
 * entries for each change is what a match at a full desk would cost otherwise (`npm run bench -- desk`).
 */
export interface Buckets<T> {
  readonly size: number;
  readonly buckets: readonly Readonly<Record<string, T>>[];
}

/** 10,000 entries make 40 a bucket. */
const COUNT = 256;
const NONE = {};

export function noBuckets<T>(): Buckets<T> {
  return { size: 0, buckets: Array.from({ length: COUNT }, () => NONE) };
}

export function inBuckets<T>(map: Buckets<T>, id: string): T | undefined {
  const bucket = map.buckets[bucketOf(id)];
  return bucket !== undefined && Object.hasOwn(bucket, id) ? bucket[id] : undefined;
}

export function withBucket<T>(map: Buckets<T>, id: string, value: T): Buckets<T> {
  const n = bucketOf(id);
  const bucket = map.buckets[n] ?? {};
  const size = map.size + (Object.hasOwn(bucket, id) ? 0 : 1);
  return { size, buckets: map.buckets.with(n, { ...bucket, [id]: value }) };
}

export function withoutBucket<T>(map: Buckets<T>, id: string): Buckets<T> {
  const n = bucketOf(id);
  const bucket = map.buckets[n] ?? {};
  if (!Object.hasOwn(bucket, id)) return map;
  const { [id]: _gone, ...rest } = bucket;
  return { size: map.size - 1, buckets: map.buckets.with(n, rest) };
}

/** In no order that means anything, but always the same for the same ids. */
export function allOf<T>(map: Buckets<T>): T[] {
  return map.buckets.flatMap((bucket) => Object.values(bucket));
}

/** FNV-1a: ids differ in all their characters, or in the last only. */
function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % COUNT;
}
