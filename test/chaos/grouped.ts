/** The items of each key, in the order in which they came. */
export function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** What is wrong between each item and the next one of the same key. */
export function betweenNeighbours<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  wrong: (one: T, next: T) => readonly string[],
): string[] {
  return [...grouped(items, keyOf).values()].flatMap((group) =>
    group.slice(1).flatMap((next, i) => {
      const one = group[i];
      return one === undefined ? [] : wrong(one, next);
    }),
  );
}
