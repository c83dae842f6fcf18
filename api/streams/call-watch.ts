import { setTimeout as sleep } from 'node:timers/promises';
import type { ProfileState } from '../../src/domain/profile/state';
import type { CallView } from './call-view';
import type { StateStream } from './state-stream';

/** How often a profile in a call is looked at, however many listen. */
const LOOK_MS = 1_000;
/** A page or two on a device or two; of more, the oldest was forgotten. */
const MOST_LISTENERS = 8;

/** One open stream of a call. */
export interface CallListener {
  readonly stream: StateStream;
  /** What he is told; undefined: the call is not his to listen to any more. */
  readonly view: (state: ProfileState) => CallView | undefined;
}

/** What a watch needs of whoever holds it. */
export interface Watched {
  readonly ask: () => Promise<ProfileState>;
  /** Hears of a look that failed, and answers whether the next one may succeed. */
  readonly failed: (error: unknown) => boolean;
  /** Nobody listens any more, and no look is under way. */
  readonly idle: () => void;
}

/** The streams that this process holds for the calls of one profile: one look serves them all. */
export class CallWatch {
  private readonly listeners = new Set<CallListener>();
  private looking: Promise<void> | undefined;

  constructor(private readonly watched: Watched) {}

  /** @param state as it was a moment ago: he is told at once */
  add(listener: CallListener, state: ProfileState): void {
    for (const oldest of this.listeners) {
      if (this.listeners.size < MOST_LISTENERS) break;
      this.drop(oldest);
    }
    this.listeners.add(listener);
    this.tell(listener, state);
    this.looking ??= this.look();
  }

  remove(stream: StateStream): void {
    for (const listener of this.listeners) {
      if (listener.stream === stream) this.listeners.delete(listener);
    }
  }

  /** The process ends: its people come back at another one. */
  async end(): Promise<void> {
    for (const listener of this.listeners) this.drop(listener);
    await this.looking;
  }

  private async look(): Promise<void> {
    await sleep(LOOK_MS, undefined, { ref: false });
    while (this.listeners.size > 0) {
      // Who comes while the profile is being asked has seen a newer state already.
      const listening = [...this.listeners];
      try {
        const state = await this.watched.ask();
        for (const listener of listening) this.tell(listener, state);
      } catch (error) {
        const goesOn = this.watched.failed(error);
        for (const listener of listening) {
          if (goesOn) listener.stream.unavailable();
          else this.drop(listener);
        }
      }
      await sleep(LOOK_MS, undefined, { ref: false });
    }
    this.looking = undefined;
    this.watched.idle();
  }

  /** A call that has ended is told so, and that was its last event. */
  private tell(listener: CallListener, state: ProfileState): void {
    if (!this.listeners.has(listener)) return;
    const view = listener.view(state);
    if (view) listener.stream.tell(view);
    if (!view || view.endedAt !== '') this.drop(listener);
  }

  private drop(listener: CallListener): void {
    this.listeners.delete(listener);
    listener.stream.end();
  }
}
