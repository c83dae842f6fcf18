import type { Interval } from '../domain/openings';

/** Of this time the clock is always as far from UTC, ms: what it shows is UTC plus `offset`. */
export interface EvenSpan extends Interval {
  readonly offset: number;
}

const DAY = 24 * 60 * 60 * 1_000;

/** The clocks of one time zone, as Intl knows them. */
export class ZoneClock {
  private readonly format: Intl.DateTimeFormat;

  /** @throws RangeError when there is no zone of this name. */
  constructor(timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** The span in parts between which the clocks were changed: summer time begins or ends. */
  evenSpans({ from, to }: Interval): EvenSpan[] {
    const spans: EvenSpan[] = [];
    for (let start = from; start < to;) {
      const offset = this.offsetAt(start);
      const end = this.endOf(offset, start, to);
      spans.push({ from: start, to: end, offset });
      start = end;
    }
    return spans;
  }

  private endOf(offset: number, from: number, to: number): number {
    let same = from;
    while (same < to) {
      // No zone changes its clocks twice within a day.
      const next = Math.min(same + DAY, to);
      if (this.offsetAt(next) !== offset) return this.changeBetween(same, next, offset);
      same = next;
    }
    return to;
  }

  /** The first moment that has another offset. */
  private changeBetween(before: number, after: number, offset: number): number {
    let [same, other] = [before, after];
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (this.offsetAt(middle) === offset) same = middle;
      else other = middle;
    }
    return other;
  }

  private offsetAt(at: number): number {
    const parts = new Map(
      this.format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const day = Date.UTC(of('year'), of('month') - 1, of('day'));
    const shown = day + ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1_000;
    return shown - Math.floor(at / 1_000) * 1_000;
  }
}
