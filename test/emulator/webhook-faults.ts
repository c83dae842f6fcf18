import { seeded } from '../../src/demo/seeded';

/** What the way to the receiver does with one event. */
export interface WebhookFault {
  readonly isDropped: boolean;
  readonly isDoubled: boolean;
  /** 0 keeps its place; more lets others overtake it. */
  readonly delaySeconds: number;
}

/** Percentages of events that meet each fault; the same seed, the same events by their number. */
export class WebhookFaults {
  seed: string | number = 1;
  /** Never arrive, at no attempt: kept as failed, so that a replay finds them. */
  droppedPercent = 0;
  /** Arrive twice, as the same event. */
  doubledPercent = 0;
  /** Arrive up to so many seconds late, so in another order. */
  delayedPercent = 0;
  delayedBySeconds = 10;
  /** How many events met each. */
  readonly met = { dropped: 0, doubled: 0, delayed: 0 };
  private count = 0;

  next(): WebhookFault {
    this.count += 1;
    const draw = seeded(this.seed, 'webhook', this.count);
    const [dropped, doubled, delayed, long] = [draw(), draw(), draw(), draw()];
    const isDropped = dropped * 100 < this.droppedPercent;
    const isDoubled = doubled * 100 < this.doubledPercent;
    const isDelayed = delayed * 100 < this.delayedPercent;
    this.met.dropped += Number(isDropped);
    // What never arrives is neither late nor there twice.
    this.met.doubled += Number(!isDropped && isDoubled);
    this.met.delayed += Number(!isDropped && isDelayed);
    return { isDropped, isDoubled, delaySeconds: isDelayed ? long * this.delayedBySeconds : 0 };
  }
}
