import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '../../domain/words';
import type { Progress, Stage } from '../run/stage';
import type { Script } from '../scripts';
import type { CaptureView, CaptureWindow } from './capture-window';
import type { ClientActor } from './client';
import { CustomerCalls } from './customer-call';
import { imageNamed, REQUIRED_KINDS } from './documents';
import { Refused } from './good-client';
import { Pace, unlessOvertaken } from './pace';

const CONSENT_TEXT = 'I agree to be verified on a recorded video call.';
/** Nobody waits for the customer then: he looks less often. ms. */
const SHORTEST_MS = 300;
const LONGEST_MS = 1_500;
/** How far ahead he books a time, ms: a request that is repeated for a while is still in time. */
const SLOT_AHEAD_MS = 3_000;

/** One customer, from his login to the end of his case, as his script has it. */
export class CustomerActor {
  private captures = 0;
  private queuedAt = 0;
  /** When he has had the time that capturing takes him. */
  private capturedAt = 0;
  private booked = false;
  private readonly calls: CustomerCalls;
  private readonly pace: Pace;

  constructor(
    private readonly stage: Stage,
    private readonly client: ClientActor,
    private readonly journey: Progress,
    private readonly window: CaptureWindow,
  ) {
    this.calls = new CustomerCalls(stage, window);
    this.pace = new Pace(SHORTEST_MS, LONGEST_MS, window.signal);
  }

  private get script(): Script {
    return this.journey.script;
  }

  /** Resolves when the case has ended, when he has gone away, or when nothing happens any more. */
  async live(stuckMs: number): Promise<void> {
    const { captureMs = 0, outcome } = this.script;
    const began = Date.now();
    await this.window.logIn();
    await this.consent();
    if (outcome.capture === 'WALKS_AWAY') return;
    this.capturedAt = began + captureMs;
    for (let since = Date.now(); Date.now() - since < stuckMs;) {
      const view = await this.window.look();
      if (view.status !== this.journey.status) {
        this.pace.reset();
        since = Date.now();
      }
      this.journey.status = view.status;
      if (isFinal(view.status)) return;
      if ((await unlessOvertaken(() => this.react(view))) === 'GONE') return;
      await this.pace.pause(this.patienceLeft(view));
    }
  }

  private patienceLeft({ status }: CaptureView): number {
    const { patienceMs = Infinity } = this.script;
    return status === 'QUEUED' ? this.queuedAt + patienceMs - Date.now() : Infinity;
  }

  private async react(view: CaptureView): Promise<'STAYS' | 'GONE'> {
    switch (view.status) {
      case 'CAPTURE_PENDING':
        await this.window.logIn();
        return 'STAYS';
      case 'CAPTURE_IN_PROGRESS':
        await this.handIn();
        return 'STAYS';
      case 'SCHEDULED':
        if (await this.stage.reached(this.journey.profileId, 'SCHEDULED')) return 'STAYS';
        if (!this.script.outcome.comesBack) return 'GONE';
        await this.comeBack(view);
        return 'STAYS';
      case 'QUEUED':
        return this.wait();
      case 'IN_CALL':
        if (view.call && (await this.calls.attend(view.call))) this.pace.reset();
        return 'STAYS';
      default:
        return 'STAYS';
    }
  }

  private async consent(): Promise<void> {
    const textSha256 = createHash('sha256').update(CONSENT_TEXT).digest('hex');
    const { language } = this.script;
    await this.window.send('giveConsent', 'consent', { version: '2026-01', language, textSha256 });
  }

  /** Every document at first; captured again, only what was not good. */
  private async handIn(): Promise<void> {
    this.captures += 1;
    const again = this.captures > 1;
    const { profileId } = this.journey;
    for (const kind of again ? REQUIRED_KINDS.slice(0, 1) : REQUIRED_KINDS) {
      const name = `${this.script.extReferenceId} ${kind} ${this.captures}`;
      await this.window.handIn(kind, imageNamed(name));
      if (await this.stage.reached(profileId, 'CAPTURE_IN_PROGRESS')) return;
    }
    await this.pause(this.capturedAt - Date.now());
    await this.submit(again ? this.script.skills : (this.script.firstSkills ?? this.script.skills));
  }

  private async submit(skills = this.script.skills): Promise<void> {
    await this.window.send('submit', 'submit', { language: this.script.language, skills });
    this.queuedAt = Date.now();
    await this.stage.reached(this.journey.profileId, 'QUEUED');
  }

  private async comeBack(view: CaptureView): Promise<void> {
    const { backMs = 0, outcome } = this.script;
    await this.pause(backMs);
    if (view.captureSessionId === '') await this.window.logIn();
    if (outcome.slot && !this.booked) {
      const at = await this.book();
      if (outcome.slot === 'MISSED' || at === undefined) return;
      await this.pause(at - Date.now());
    }
    // He comes when the slot he let pass is gone.
    if (outcome.slot === 'MISSED' && view.slot !== null) return;
    await this.submit();
  }

  /** The time he has booked, epoch ms; undefined when it was over before his request got through. */
  private async book(): Promise<number | undefined> {
    const at = Date.now() + SLOT_AHEAD_MS;
    try {
      await this.window.send('bookSlot', 'slot', { at: new Date(at).toISOString() });
    } catch (error) {
      if (error instanceof Refused && error.code === 'SLOT_NOT_VALID') return undefined;
      throw error;
    }
    this.booked = true;
    return at;
  }

  private async wait(): Promise<'STAYS' | 'GONE'> {
    const { patienceMs, leaves } = this.script;
    if (patienceMs === undefined || Date.now() - this.queuedAt < patienceMs) return 'STAYS';
    if (leaves === 'WALKS_AWAY') return 'GONE';
    await this.client.cancel(this.journey.profileId, 'CUSTOMER_WITHDREW');
    return 'STAYS';
  }

  private pause(ms: number): Promise<void> {
    return sleep(Math.max(0, ms), undefined, { signal: this.window.signal });
  }
}
