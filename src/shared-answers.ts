interface Shared<T> {
  readonly at: number;
  readonly answer: Promise<T>;
  answered: boolean;
}

/**
 * One answer for all who ask the same within a moment: what is costly to find out is found out once,
 * however many ask. An answer that is long in coming is waited for by everybody: asking once more
 * would make who is slow slower still. A failure is not kept.
 */
export class SharedAnswers<T> {
  private readonly known = new Map<string, Shared<T>>();

  /** `maxAgeMs`: how old an answer may be, from when it was asked for. */
  constructor(private readonly maxAgeMs: number) {}

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.known.get(key);
    if (known && (!known.answered || Date.now() - known.at < this.maxAgeMs)) return known.answer;
    const shared: Shared<T> = { at: Date.now(), answer: ask(), answered: false };
    this.known.set(key, shared);
    shared.answer.then(
      () => (shared.answered = true),
      () => {
        if (this.known.get(key) === shared) this.known.delete(key);
      },
    );
    return shared.answer;
  }

  /** It has changed by now. */
  forget(key: string): void {
    this.known.delete(key);
  }
}
