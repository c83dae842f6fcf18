/** Small enough for one insert; what is more waits for the next. */
const MAX_ROWS = 5_000;

interface Call {
  readonly rows: readonly object[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Group commit for rows that cannot be poison because their values were checked: calls that come
 * while an insert is under way go into the next one together, and each returns when its rows are in.
 * ClickHouse wants few large inserts.
 */
export class GroupedInsert {
  private waiting: Call[] = [];
  private running = false;

  constructor(private readonly insert: (rows: readonly object[]) => Promise<void>) {}

  /** @throws what the insert of its group throws; the rows may be in or not. */
  write(rows: readonly object[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ rows, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    for (let group = this.next(); group.length > 0; group = this.next()) await this.commit(group);
    this.running = false;
  }

  /** Never rejects: each call hears how its group fared. */
  private async commit(group: readonly Call[]): Promise<void> {
    try {
      await this.insert(group.flatMap(({ rows }) => rows));
      for (const { resolve } of group) resolve();
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('the insert failed');
      for (const { reject } of group) reject(failure);
    }
  }

  /** Whole calls, in the order they came; at least one if any waits. */
  private next(): readonly Call[] {
    let rows = 0;
    const fitting = this.waiting.findIndex((call, index) => {
      rows += call.rows.length;
      return index > 0 && rows > MAX_ROWS;
    });
    return this.waiting.splice(0, fitting < 0 ? this.waiting.length : fitting);
  }
}
