import { ClickHouseException } from './errors';

/** At most `width` tasks at once, the others in order of arrival, at most `queue` of them. */
export class Lane {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly queue: number,
  ) {}

  /** @throws 202 TOO_MANY_SIMULTANEOUS_QUERIES when the queue is full. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.width) this.running += 1;
    else await this.turn();
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.queue) {
      const message = `Too many simultaneous queries: ${this.width} run, ${this.queue} wait.`;
      throw new ClickHouseException(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', message);
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/**
 * Readers and writers have lanes of their own: however many writers wait for a merge or a
 * mutation, a reader starts. Widths are for a small machine; each running query holds a thread.
 */
export class Lanes {
  static readonly readers = 8;
  static readonly writers = 6;
  /** Threads of the process: one for each running query, some for parsing, files and zlib. */
  static readonly threads = Lanes.readers + Lanes.writers + 6;

  readonly read = new Lane(Lanes.readers, 1_000);
  readonly write = new Lane(Lanes.writers, 1_000);
}
