const FIRST_MS = 500;
const LONGEST_MS = 10_000;
/**
 * A child that worked for so long does not die of its start: it is wanted back at once. One that ends
 * every ten seconds is started six times a minute, which costs less than waiting for it would.
 */
const HEALTHY_MS = 10_000;

/** How long to wait before a child that died is started again: 0.5 s, doubling up to 10 s. */
export class Backoff {
  private failures = 0;

  /** @param workedMs how long the child worked before it died; 0 if it never came to be ready. */
  next(workedMs: number): number {
    if (workedMs >= HEALTHY_MS) this.failures = 0;
    const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.failures);
    this.failures += 1;
    return delay;
  }
}
