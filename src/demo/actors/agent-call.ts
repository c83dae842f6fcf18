import { setTimeout as sleep } from 'node:timers/promises';
import type { Losses, MakerPlan } from '../outcomes';
import { partsOf, type Stage } from '../run/stage';
import { imageNamed } from './documents';
import { Refused, type GoodClient } from './good-client';
import { Pace } from './pace';

interface CallView {
  readonly status: string;
  readonly tasks: readonly { readonly taskId: string }[];
  readonly avSession: { readonly avSessionId: string; readonly startedAt: string } | null;
}

const SHORTEST_MS = 250;
const LONGEST_MS = 800;
/** How often the agent sees in a long call whether it still is one, ms. */
const LOOK_MS = 2_000;
/** How long the agent waits for the customer to hang up before he does it himself, ms. */
const GOODBYE_MS = 3_000;
/** How long he waits for a customer whose connection is lost, ms: longer than any grace time. */
const BACK_MS = 60_000;
/** How long he is gone himself when he comes back, ms. */
const AWAY_MS = 300;

const NOT_NOW: readonly string[] = ['ROOM_NOT_READY', 'CALL_NOT_OPEN'];

/** What an agent does in one call, and with it afterwards: as its script has it. */
export class AgentCall {
  private readonly profileId: string;

  constructor(
    private readonly stage: Stage,
    private readonly api: GoodClient,
    private readonly avSessionId: string,
  ) {
    this.profileId = partsOf(avSessionId).profileId;
  }

  async serve(): Promise<void> {
    const plan = this.stage.planOf(this.avSessionId);
    const script = this.stage.scriptOf(this.profileId);
    if (!script || !plan) return;
    const view = await this.enter();
    if (!view) return this.giveUp();
    this.stage.meeting(this.avSessionId).begun = true;
    if (await this.stage.reached(this.profileId, 'IN_CALL')) return;
    if (plan.lost && !(await this.goThrough(plan.lost))) return this.giveUp();
    if (!plan.maker) return;
    const end = Date.now() + script.serviceMs;
    await this.check(view, plan.maker);
    if (script.image) await this.keepImage();
    if (plan.tooLong) await this.untilOver();
    else if (await this.talkUntil(end)) await this.hangUp();
    if (await this.stage.reached(this.profileId, 'DECISION_PENDING')) return;
    await this.decide(plan.maker);
  }

  /** Once more, when a checker has sent it back: he stays with what he saw. */
  async decideAgain(): Promise<void> {
    const plan = this.stage.planOf(this.avSessionId);
    if (plan?.maker) await this.decide(plan.maker);
  }

  /** Joins and waits until both are in; undefined when it came to no call. */
  private async enter(): Promise<CallView | undefined> {
    const pace = this.newPace();
    let joined = false;
    while (!this.stage.over) {
      joined ||= await this.join();
      const view = await this.look();
      if (!this.isOpen(view)) return undefined;
      if (joined && view.avSession?.startedAt !== '') return view;
      await pace.pause();
    }
    return undefined;
  }

  /** False when he cannot yet, or no more: a look at the case then tells which. */
  private async join(): Promise<boolean> {
    try {
      await this.send('joinCall', 'join', {});
      return true;
    } catch (error) {
      if (error instanceof Refused && NOT_NOW.includes(error.code)) return false;
      throw error;
    }
  }

  /** False when one of them is gone for good: the call is the system's to end. */
  private async goThrough({ customer, agent }: Losses): Promise<boolean> {
    if (customer === 'GONE') return false;
    const meeting = this.stage.meeting(this.avSessionId);
    const end = Date.now() + BACK_MS;
    while (customer === 'BACK' && !meeting.back && Date.now() < end) await this.pause(50);
    if (agent === undefined) return true;
    await this.send('leaveCall', 'leave', {});
    if (agent === 'GONE') return false;
    await this.pause(AWAY_MS);
    await this.send('joinCall', 'join', {});
    return true;
  }

  private async check({ tasks }: CallView, maker: MakerPlan): Promise<void> {
    for (const [i, { taskId }] of tasks.entries()) {
      const verdict = i === 0 && maker.decision === 'REJECTED' ? 'FAIL' : 'PASS';
      await this.send('setTaskVerdict', `tasks/${taskId}/verdict`, { verdict });
    }
  }

  private async keepImage(): Promise<void> {
    await this.api.command({
      command: 'addImage',
      path: `/v1/av-sessions/${this.avSessionId}/images?kind=CALL_CAPTURE`,
      profileId: this.profileId,
      file: imageNamed(this.avSessionId),
    });
  }

  /** Everything he does with the customer is part of the time they talk. False when the call was ended before. */
  private async talkUntil(end: number): Promise<boolean> {
    for (let left = end - Date.now(); left > 0; left = end - Date.now()) {
      await this.pause(Math.min(left, LOOK_MS));
      if (left > LOOK_MS && !this.isOpen(await this.look())) return false;
    }
    return true;
  }

  private async hangUp(): Promise<void> {
    const meeting = this.stage.meeting(this.avSessionId);
    meeting.checked = true;
    const end = Date.now() + GOODBYE_MS;
    while (!meeting.left && Date.now() < end) await this.pause(50);
    await this.send('endCall', 'end', {});
  }

  /** There is nobody to talk to: the system ends that, or its longest call, and then he decides. */
  private async giveUp(): Promise<void> {
    const { status, avSession } = await this.untilOver();
    if (status !== 'DECISION_PENDING' || avSession?.avSessionId !== this.avSessionId) return;
    await this.decide({ decision: 'UTV', reason: 'TECH_CALL_DROPPED_CUSTOMER' });
  }

  private async untilOver(): Promise<CallView> {
    const pace = this.newPace();
    for (;;) {
      const view = await this.look();
      if (!this.isOpen(view) || this.stage.over) return view;
      await pace.pause();
    }
  }

  private isOpen({ status, avSession }: CallView): boolean {
    return status === 'IN_CALL' && avSession?.avSessionId === this.avSessionId;
  }

  private async decide({ decision, reason }: MakerPlan): Promise<void> {
    await this.send('makerDecision', 'decision', {
      decision,
      ...(reason !== undefined && { reason }),
      ...(decision === 'REJECTED' && { remark: 'Seen on the call.' }),
    });
    if (decision !== 'UTV') await this.stage.reached(this.profileId, 'REVIEW_PENDING');
  }

  private look(): Promise<CallView> {
    return this.api.get<CallView>(`/v1/av-sessions/${this.avSessionId}`);
  }

  private pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.api.surroundings.signal });
  }

  private newPace(): Pace {
    return new Pace(SHORTEST_MS, LONGEST_MS, this.api.surroundings.signal);
  }

  private async send(
    command: 'joinCall' | 'leaveCall' | 'setTaskVerdict' | 'endCall' | 'makerDecision',
    route: string,
    json: object,
  ): Promise<void> {
    const path = `/v1/av-sessions/${this.avSessionId}/${route}`;
    await this.api.command({ command, path, profileId: this.profileId, json });
  }
}
