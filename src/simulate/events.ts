interface Scheduled<T> {
  readonly at: number;
  /** What was put in first comes first of what happens at the same time: a day is the same each time. */
  readonly order: number;
  readonly what: T;
}

/** What is still to happen in virtual time, the next first: a binary heap. */
export class Events<T> {
  private readonly heap: Scheduled<T>[] = [];
  private scheduled = 0;

  /** Epoch ms; undefined when nothing is to come. */
  get nextAt(): number | undefined {
    return this.heap[0]?.at;
  }

  schedule(at: number, what: T): void {
    let i = this.heap.push({ at, order: this.scheduled++, what }) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.isBefore(i, parent)) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  take(): T | undefined {
    const last = this.heap.length - 1;
    if (last > 0) this.swap(0, last);
    const first = this.heap.pop();
    for (let i = 0; ;) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const child = this.isBefore(right, left) ? right : left;
      if (!this.isBefore(child, i)) return first?.what;
      this.swap(i, child);
      i = child;
    }
  }

  /** Whether the one at `i` comes before the one at `k`; one that does not exist comes before nobody. */
  private isBefore(i: number, k: number): boolean {
    const [a, b] = [this.heap[i], this.heap[k]];
    return a !== undefined && b !== undefined && (a.at - b.at || a.order - b.order) < 0;
  }

  private swap(i: number, k: number): void {
    const [a, b] = [this.heap[i], this.heap[k]];
    if (a === undefined || b === undefined) return;
    this.heap[i] = b;
    this.heap[k] = a;
  }
}
