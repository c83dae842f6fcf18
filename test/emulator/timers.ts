/** All that is to happen later; nothing of it does after `close`. */
export class Timers {
  private readonly stops = new Set<() => void>();
  private isClosed = false;

  /** 0 is "at once, but after the answer to who asked". */
  after(ms: number, act: () => void): void {
    void this.wait(ms).then((passed) => {
      if (passed) act();
    });
  }

  /** Whether the time has passed; false when it was closed before. */
  wait(ms: number): Promise<boolean> {
    if (this.isClosed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const over = (passed: boolean): void => {
        this.stops.delete(stop);
        resolve(passed);
      };
      const start = ms === 0 ? immediate : timeout;
      const clear = start(ms, () => {
        over(true);
      });
      const stop = (): void => {
        clear();
        over(false);
      };
      this.stops.add(stop);
    });
  }

  close(): void {
    this.isClosed = true;
    for (const stop of this.stops) stop();
  }
}

function immediate(_: number, act: () => void): () => void {
  const handle = setImmediate(act);
  return () => {
    clearImmediate(handle);
  };
}

function timeout(ms: number, act: () => void): () => void {
  // A test that forgets to close must not be kept alive by a room that may last for hours.
  const handle = setTimeout(act, ms).unref();
  return () => {
    clearTimeout(handle);
  };
}

/** How long the service takes, ms; a test sets what it does not want to wait for. */
export class Delays {
  /** 100ms docs: Webhook: a peer who is gone without a word is reported after 60 s. */
  dropReportedMs = 60_000;
  /** 100ms docs: End active room: "session is ending"; no time is given. */
  endRoomMs = 0;
  /** 100ms docs: Recordings overview: auto-start takes about 2 s. */
  recorderJoinsMs = 2_000;
  /** From the stop to the recorder's leave; no time is given. */
  recorderLeavesMs = 300;
  /** 100ms docs: Recordings overview: half of the composite files are there after 9 s. */
  compositeFileMs = 9_000;
  /** 100ms docs: Recordings overview: half of the SFU files of a short call after 1 min 50 s. */
  sfuFileMs = 110_000;
  /** What a second of a template or room lasts: max_duration_seconds, maxDuration, autoStopTimeout. */
  secondMs = 1_000;
}
