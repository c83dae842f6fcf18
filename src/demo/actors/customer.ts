import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { callPlan, type Script } from '../scripts';
import { isEnd, partsOf, type Progress, type Stage } from '../run/stage';
import type { ClientActor } from './client';
import { imageNamed, REQUIRED_KINDS } from './documents';
import { Refused, type GoodClient } from './good-client';
import { Pace, unlessOvertaken } from './pace';

interface CaptureView {
  readonly status: string;
  readonly call: { readonly avSessionId: string; readonly ready: boolean } | null;
}

const CONSENT_TEXT = 'I agree to be verified on a recorded video call.';
/** Nobody waits for the customer then: he looks less often. ms. */
const SHORTEST_MS = 300;
const LONGEST_MS = 1_500;

/** One customer, from his login to the end of his case, as his script has it. */
export class CustomerActor {
  private api: GoodClient;
  private captures = 0;
  private queuedAt = 0;
  private readonly joined = new Set<string>();
  private readonly pace: Pace;

  constructor(
    private readonly stage: Stage,
    private readonly client: ClientActor,
    private readonly journey: Progress,
    anonymous: GoodClient,
    private link: string,
  ) {
    const { profileId } = journey;
    this.api = anonymous.as({ type: 'CUSTOMER', id: profileId, token: '' });
    this.pace = new Pace(SHORTEST_MS, LONGEST_MS, anonymous.surroundings.signal);
  }

  private get script(): Script {
    return this.journey.script;
  }

  /** Resolves when the case has ended, when he has gone away, or when nothing happens any more. */
  async live(stuckMs: number): Promise<void> {
    const { captureMs = 0, outcome } = this.script;
    const { signal } = this.api.surroundings;
    await this.logIn();
    await this.consent();
    if (outcome.capture === 'WALKS_AWAY') return;
    await sleep(captureMs, undefined, { signal });
    for (let since = Date.now(); Date.now() - since < stuckMs;) {
      const view = await this.look();
      if (view.status !== this.journey.status) {
        this.pace.reset();
        since = Date.now();
      }
      this.journey.status = view.status;
      if (isEnd(view.status)) return;
      if ((await unlessOvertaken(() => this.react(view))) === 'GONE') return;
      await this.pace.pause();
    }
  }

  /** Where the case stands; by a new login when the old one is closed. */
  private async look(): Promise<CaptureView> {
    try {
      return await this.api.get<CaptureView>('/v1/capture');
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      await this.logIn();
      return this.api.get<CaptureView>('/v1/capture');
    }
  }

  private async react(view: CaptureView): Promise<'STAYS' | 'GONE'> {
    switch (view.status) {
      case 'CAPTURE_PENDING':
        await this.logIn();
        return 'STAYS';
      case 'CAPTURE_IN_PROGRESS':
        await this.handIn();
        return 'STAYS';
      case 'SCHEDULED':
        if (!this.script.outcome.comesBack) return 'GONE';
        await this.comeBack();
        return 'STAYS';
      case 'QUEUED':
        return this.wait();
      case 'IN_CALL':
        await this.call(view);
        return 'STAYS';
      default:
        return 'STAYS';
    }
  }

  private async logIn(): Promise<void> {
    const { token } = await this.openSession();
    this.api = this.api.as({ ...this.api.who, token });
  }

  private async openSession(): Promise<{ token: string }> {
    const open = (): Promise<{ token: string }> =>
      this.api.as({ ...this.api.who, token: '' }).command({
        command: 'openCapture',
        path: '/v1/capture/sessions',
        profileId: this.journey.profileId,
        json: { link: this.link },
      });
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'LINK_NOT_VALID') throw error;
      this.link = await this.client.newLink(this.journey.profileId);
      return open();
    }
  }

  private async consent(): Promise<void> {
    const textSha256 = createHash('sha256').update(CONSENT_TEXT).digest('hex');
    const { language } = this.script;
    await this.send('giveConsent', 'consent', { version: '2026-01', language, textSha256 });
  }

  /** Every document at first; captured again, only what was not good. */
  private async handIn(): Promise<void> {
    this.captures += 1;
    const kinds = this.captures === 1 ? REQUIRED_KINDS : REQUIRED_KINDS.slice(0, 1);
    for (const kind of kinds) {
      await this.api.command({
        command: 'addDocument',
        path: `/v1/capture/documents?kind=${kind}`,
        profileId: this.journey.profileId,
        file: imageNamed(`${this.script.extReferenceId} ${kind} ${this.captures}`),
      });
      if (this.script.outcome.cancelled === 'CAPTURING') {
        await this.client.cancel(this.journey.profileId, 'CUSTOMER_WITHDREW');
        return;
      }
    }
    await this.submit();
    this.queuedAt = Date.now();
    if (this.script.outcome.cancelled === 'QUEUED') {
      await this.client.cancel(this.journey.profileId, 'CUSTOMER_WITHDREW');
    }
  }

  private async submit(): Promise<void> {
    const { language, skills } = this.script;
    await this.send('submit', 'submit', { language, skills });
  }

  private async comeBack(): Promise<void> {
    const { signal } = this.api.surroundings;
    await sleep(this.script.backMs ?? 0, undefined, { signal });
    await this.submit();
  }

  private async wait(): Promise<'STAYS' | 'GONE'> {
    const { patienceMs, leaves } = this.script;
    if (patienceMs === undefined || Date.now() - this.queuedAt < patienceMs) return 'STAYS';
    if (leaves === 'WALKS_AWAY') return 'GONE';
    await this.client.cancel(this.journey.profileId, 'CUSTOMER_WITHDREW');
    return 'STAYS';
  }

  private async call({ call }: CaptureView): Promise<void> {
    if (!call) return;
    const { avSessionId, ready } = call;
    if (this.joined.has(avSessionId)) {
      await this.leaveWhenChecked(avSessionId);
      return;
    }
    const plan = callPlan(this.script, partsOf(avSessionId).attempt);
    if (!ready || plan?.customer === 'STAYS_AWAY') return;
    await this.send('joinCall', 'call/join', {});
    this.joined.add(avSessionId);
    this.pace.reset();
    if (this.script.outcome.cancelled === 'IN_CALL') {
      await this.client.cancel(this.journey.profileId, 'CLIENT_REQUEST');
    }
  }

  private async leaveWhenChecked(avSessionId: string): Promise<void> {
    const meeting = this.stage.meeting(avSessionId);
    this.pace.reset();
    if (!meeting.checked || meeting.left) return;
    await this.send('leaveCall', 'call/leave', {});
    meeting.left = true;
  }

  private async send(
    command: 'giveConsent' | 'submit' | 'joinCall' | 'leaveCall',
    route: string,
    json: object,
  ): Promise<void> {
    const { profileId } = this.journey;
    await this.api.command({ command, path: `/v1/capture/${route}`, profileId, json });
  }
}
