import type { HmsEvent } from './hms-event';
import { textIn } from './refusal';
import { secondText } from './times';
import type { Timers } from './timers';
import { WebhookFaults } from './webhook-faults';
import { postTo, type Target } from './webhook-post';

/** 100ms docs: Webhook: three repeats, each so long after the attempt before it. */
const RETRIES_AFTER_SECONDS = [1, 3, 10];

/** One event and what became of it. */
export interface Delivery {
  readonly event: HmsEvent;
  readonly target: Target;
  readonly at: string;
  status: 'pending' | 'success' | 'failed';
  attempts: number;
  errorReason?: string;
}

/**
 * Sends events as the service does (100ms docs: Webhook): only an answer of 200 counts, after the last
 * repeat an event is dropped and kept as failed. Without faults a room's events arrive in their order
 * at the first attempt; nothing promises that.
 */
export class Webhooks {
  /** Makes the waits shorter: 0.01 waits 10 ms where the service waits a second. */
  timeScale = 1;
  /** How long an answer may take; not documented. */
  timeoutMs = 5_000;
  readonly faults = new WebhookFaults();
  readonly deliveries: Delivery[] = [];
  private target: Target | undefined;
  private readonly running = new Set<Promise<void>>();
  private readonly lastOfRoom = new Map<string, Promise<unknown>>();
  private readonly stop = new AbortController();

  constructor(
    private readonly timers: Timers,
    /** One line for each attempt. */
    private readonly told: (line: string) => void = () => undefined,
  ) {}

  /** The workspace's own address; nothing is sent or kept without one. */
  sendTo(target: Target | undefined): void {
    this.target = target;
  }

  /** A room with an address of its own has that instead (100ms docs: Create a room, `webhook`). */
  take(event: HmsEvent, ofRoom?: Target): void {
    const target = ofRoom ?? this.target;
    if (!target) return;
    const at = secondText();
    const delivery: Delivery = { event, target, at, status: 'pending', attempts: 0 };
    this.deliveries.push(delivery);
    this.run(this.deliver(delivery));
  }

  /** The next wait, and what is to happen then, last as long as the emulator. */
  async wait(seconds: number): Promise<boolean> {
    return this.timers.wait(seconds * 1000 * this.timeScale);
  }

  /** Once more, whatever became of it before. */
  async resend({ event, target }: Delivery): Promise<boolean> {
    return (await this.post({ ...event, is_replay: true }, target)) === undefined;
  }

  /** Goes on beside everything else until `settled`. */
  run(work: Promise<void>): void {
    const done = work.finally(() => this.running.delete(done));
    this.running.add(done);
  }

  /** When nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  close(): Promise<void> {
    this.stop.abort();
    return this.settled();
  }

  private async deliver(delivery: Delivery): Promise<void> {
    const fault = this.faults.next();
    if (fault.isDropped) {
      settle(delivery, 'timeout');
      return;
    }
    if (fault.delaySeconds > 0 && !(await this.wait(fault.delaySeconds))) return;
    let failure = await (fault.delaySeconds > 0 ? this.attempt(delivery) : this.inOrder(delivery));
    if (fault.isDoubled) await this.post(delivery.event, delivery.target);
    for (const seconds of RETRIES_AFTER_SECONDS) {
      if (failure === undefined) break;
      if (!(await this.wait(seconds))) return;
      failure = await this.attempt(delivery);
    }
    settle(delivery, failure);
  }

  private inOrder(delivery: Delivery): Promise<string | undefined> {
    const roomId = textIn(delivery.event.data['room_id']);
    const before = this.lastOfRoom.get(roomId) ?? Promise.resolve();
    const sent = before.then(() => this.attempt(delivery));
    this.lastOfRoom.set(roomId, sent);
    return sent;
  }

  private attempt(delivery: Delivery): Promise<string | undefined> {
    delivery.attempts += 1;
    return this.post(delivery.event, delivery.target);
  }

  /** Why it did not work. */
  private async post(
    event: HmsEvent & { readonly is_replay?: true },
    target: Target,
  ): Promise<string | undefined> {
    const failure = await postTo(target, event, this.timeoutMs, this.stop.signal);
    this.told(`webhook ${event.type}: ${failure ?? '200'}`);
    return failure;
  }
}

function settle(delivery: Delivery, failure: string | undefined): void {
  delivery.status = failure === undefined ? 'success' : 'failed';
  if (failure !== undefined) delivery.errorReason = failure;
}
