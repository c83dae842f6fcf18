import { setImmediate, setTimeout as sleep } from 'node:timers/promises';

/** What one caller wants to have written: all of it in one group, never split. */
export interface Batch {
  readonly rows: number;
  /** An estimate is enough. */
  readonly bytes: number;
}

export interface GroupOptions {
  /** A group takes whole batches until it has this many rows or bytes. */
  readonly maxRows?: number | undefined;
  readonly maxBytes?: number | undefined;
  /**
   * At least so long from one commit's start to the next's, ms: an insert costs ClickHouse about the
   * same with one row as with a hundred. Default 0: who waits for the answer wants it now.
   */
  readonly gapMs?: number | undefined;
}

/** Small enough to stay under 10 MiB, where ClickHouse begins to parse one insert in parallel. */
const MAX_ROWS = 5_000;
const MAX_BYTES = 5_000_000;

interface Waiting<B> {
  readonly batch: B;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Group commit: batches that come while one is under way go into the next one together, and each
 * caller hears when his own is in. One commit at a time: ClickHouse wants few large inserts.
 */
export class GroupCommit<B extends Batch> {
  private queue: Waiting<B>[] = [];
  private running: Promise<void> | undefined;
  private lastAt = -Infinity;
  private closing = false;

  /**
   * @param commit writes a group; answers those batches of it that did not go in, with the error each
   * caller gets. When it rejects, no caller knows more than that.
   */
  constructor(
    private readonly commit: (group: readonly B[]) => Promise<ReadonlyMap<B, Error>>,
    private readonly options: GroupOptions = {},
  ) {}

  /** Resolves when the batch is in. @throws its error from `commit` */
  add(batch: B): Promise<void> {
    return new Promise((resolve, reject) => {
      this.queue.push({ batch, resolve, reject });
      this.running ??= this.drain();
    });
  }

  /** Waits no longer than it has to; resolves when all that were added are answered. */
  async settle(): Promise<void> {
    this.closing = true;
    await this.running;
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      await this.gather();
      await this.write(this.nextGroup());
    }
    this.running = undefined;
  }

  /** Never rejects: each caller hears how his own fared. */
  private async write(group: readonly Waiting<B>[]): Promise<void> {
    try {
      const failed = await this.commit(group.map(({ batch }) => batch));
      for (const { batch, resolve, reject } of group) {
        const error = failed.get(batch);
        if (error) reject(error);
        else resolve();
      }
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('the group was not written');
      for (const { reject } of group) reject(failure);
    }
  }

  /** Calls made in the same turn belong together, and on a busy writer those of the next moment. */
  private async gather(): Promise<void> {
    // Not the wall clock: set back, it would hold the rows for as long.
    const { gapMs = 0 } = this.options;
    const wait = this.closing ? 0 : this.lastAt + gapMs - performance.now();
    await (wait > 0 ? sleep(wait) : setImmediate());
    this.lastAt = performance.now();
  }

  /** Whole batches, in the order they came; at least one if any waits. */
  private nextGroup(): Waiting<B>[] {
    const { maxRows = MAX_ROWS, maxBytes = MAX_BYTES } = this.options;
    let rows = 0;
    let bytes = 0;
    const end = this.queue.findIndex(({ batch }, index) => {
      rows += batch.rows;
      bytes += batch.bytes;
      return index > 0 && (rows > maxRows || bytes > maxBytes);
    });
    return this.queue.splice(0, end === -1 ? this.queue.length : end);
  }
}
