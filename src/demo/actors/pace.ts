import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from './good-client';

/** How an actor looks again: soon at first, then less often, soon again when something changed. */
export class Pace {
  private wait: number;

  constructor(
    private readonly shortest: number,
    private readonly longest: number,
    private readonly signal: AbortSignal,
  ) {
    this.wait = shortest;
  }

  reset(): void {
    this.wait = this.shortest;
  }

  /** @param atMost until something of his own is to happen, ms */
  async pause(atMost = Infinity): Promise<void> {
    await sleep(Math.min(this.wait, Math.max(0, atMost)), undefined, { signal: this.signal });
    this.wait = Math.min(this.wait * 1.5, this.longest);
  }
}

/** Refusals that say: it is over, or with somebody else. An actor shrugs and looks again. */
const OVERTAKEN: readonly string[] = [
  'CALL_NOT_OPEN',
  'NOT_ASSIGNED',
  'OFFER_GONE',
  'PROFILE_FINAL',
  'WRONG_STATUS',
];

/** What `act` gives, or undefined when things had moved on before it. */
export async function unlessOvertaken<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refused && OVERTAKEN.includes(error.code)) return undefined;
    throw error;
  }
}
