/** Thrown to who was not let in before his time was over: nothing was done for him. */
export class GateClosedError extends Error {
  override readonly name = 'GateClosedError';
}

interface Waiting {
  readonly letIn: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Lets so many through at a time, first come first served. What is asked of a busy system only adds
 * to its work, most of all when the answer comes after the asker has given up: then it is asked
 * again. So the rest wait outside, where waiting costs nothing.
 */
export class Gate {
  private inside = 0;
  private readonly outside = new Set<Waiting>();

  constructor(private readonly places: number) {}

  /** @throws GateClosedError when `end` (epoch ms) comes before his turn */
  async through<T>(end: number, act: () => Promise<T>): Promise<T> {
    if (this.inside >= this.places) await this.turn(end);
    else this.inside += 1;
    try {
      return await act();
    } finally {
      this.leave();
    }
  }

  private turn(end: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.outside.delete(waiting);
        reject(new GateClosedError('too many were asking at once'));
      }, end - Date.now());
      const waiting = { letIn: resolve, timer };
      this.outside.add(waiting);
    });
  }

  /** Hands the place on: whoever comes at this moment stands behind those who wait. */
  private leave(): void {
    const [next] = this.outside;
    if (next === undefined) {
      this.inside -= 1;
      return;
    }
    this.outside.delete(next);
    clearTimeout(next.timer);
    next.letIn();
  }
}
