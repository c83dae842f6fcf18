/** Numbers in [0, 1) that a seed alone decides. */
export type Draw = () => number;

/**
 * A stream of numbers for these parts (a seed, an index, a purpose): the same parts, the same stream,
 * whatever else was drawn before. FNV-1a mixes the parts, Tommy Ettinger's mulberry32 (public domain)
 * makes the stream.
 */
export function seeded(...parts: readonly (string | number)[]): Draw {
  let a = 0x811c9dc5;
  for (const byte of Buffer.from(parts.join('/'), 'utf8')) a = Math.imul(a ^ byte, 0x01000193);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The items in an order drawn from `next` (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], next: Draw): T[] {
  const drawn = [...items];
  for (let i = drawn.length - 1; i > 0; i--) {
    const k = Math.floor(next() * (i + 1));
    [drawn[i], drawn[k]] = [drawn[k] as T, drawn[i] as T];
  }
  return drawn;
}
