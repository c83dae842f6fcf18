import { setTimeout as sleep } from 'node:timers/promises';
import type { MakerPlan } from '../outcomes';
import { partsOf, type Stage } from '../run/stage';
import { imageNamed } from './documents';
import { Refused, type GoodClient } from './good-client';
import { Pace, unlessOvertaken } from './pace';

interface Me {
  readonly state: string;
  readonly offer: {
    readonly offerId: string;
    readonly profileId: string;
    readonly accepted: boolean;
  } | null;
  readonly avSessionId: string;
}
interface CallView {
  readonly status: string;
  readonly tasks: readonly { readonly taskId: string }[];
  readonly avSession: { readonly avSessionId: string; readonly startedAt: string } | null;
}

const SHORTEST_MS = 250;
const LONGEST_MS = 800;
/** How long the agent waits for the customer to hang up before he does it himself, ms. */
const GOODBYE_MS = 3_000;

/** One agent: comes online, takes whom he is offered, checks and decides as the script has it. */
export class AgentActor {
  private readonly pace: Pace;
  private readonly served = new Set<string>();

  constructor(
    private readonly stage: Stage,
    private readonly api: GoodClient,
  ) {
    this.pace = new Pace(SHORTEST_MS, LONGEST_MS, api.surroundings.signal);
  }

  /** His working day: until the stage says it is over. */
  async work(): Promise<void> {
    await this.desk('online');
    while (!this.stage.over) {
      const me = await this.api.get<Me>('/v1/agents/me');
      const avSessionId = await this.take(me);
      if (avSessionId === undefined) {
        // Away after offers he missed, or the desk has forgotten him: he is here.
        if (me.state === 'AWAY' || me.state === 'OFFLINE') await this.desk('online');
        await this.pace.pause();
        continue;
      }
      await this.serveGuarded(avSessionId);
      this.pace.reset();
    }
    await this.desk('offline');
  }

  /** The call he is in now, one he has just accepted included. */
  private async take({ offer, avSessionId }: Me): Promise<string | undefined> {
    if (avSessionId !== '' && !this.served.has(avSessionId)) return avSessionId;
    if (!offer || offer.accepted) return undefined;
    const accepted = await unlessOvertaken(() =>
      this.api.command<{ avSessionId: string }>({
        command: 'accept',
        path: `/v1/offers/${offer.offerId}/accept`,
        profileId: offer.profileId,
      }),
    );
    // '' while the profile has not answered: it is seen at the next look.
    return accepted?.avSessionId === '' ? undefined : accepted?.avSessionId;
  }

  private async serveGuarded(avSessionId: string): Promise<void> {
    this.served.add(avSessionId);
    try {
      await unlessOvertaken(() => this.serve(avSessionId));
    } catch (error) {
      if (this.api.surroundings.signal.aborted) throw error;
      this.stage.trouble(partsOf(avSessionId).profileId, error);
    }
  }

  private async serve(avSessionId: string): Promise<void> {
    const { profileId } = partsOf(avSessionId);
    const plan = this.stage.planOf(avSessionId);
    const script = this.stage.scriptOf(profileId);
    const view = await this.enter(avSessionId);
    if (!view || !script || !plan?.maker) return;
    await sleep(script.serviceMs, undefined, { signal: this.api.surroundings.signal });
    await this.check(avSessionId, view, plan.maker);
    if (script.image) await this.keepImage(avSessionId);
    await this.partFrom(avSessionId);
    await this.send('endCall', avSessionId, 'end', {});
    await this.send('makerDecision', avSessionId, 'decision', decisionBody(plan.maker));
  }

  /** Joins and waits until both are in; undefined when it came to no call. */
  private async enter(avSessionId: string): Promise<CallView | undefined> {
    const pace = new Pace(SHORTEST_MS, LONGEST_MS, this.api.surroundings.signal);
    let joined = false;
    while (!this.stage.over) {
      joined ||= await this.join(avSessionId);
      const view = await this.api.get<CallView>(`/v1/av-sessions/${avSessionId}`);
      if (view.status !== 'IN_CALL' || view.avSession?.avSessionId !== avSessionId)
        return undefined;
      if (joined && view.avSession.startedAt !== '') return view;
      await pace.pause();
    }
    return undefined;
  }

  private async join(avSessionId: string): Promise<boolean> {
    try {
      await this.send('joinCall', avSessionId, 'join', {});
      return true;
    } catch (error) {
      if (error instanceof Refused && error.code === 'ROOM_NOT_READY') return false;
      throw error;
    }
  }

  private async check(avSessionId: string, { tasks }: CallView, maker: MakerPlan): Promise<void> {
    for (const [i, { taskId }] of tasks.entries()) {
      const verdict = i === 0 && maker.decision === 'REJECTED' ? 'FAIL' : 'PASS';
      await this.send('setTaskVerdict', avSessionId, `tasks/${taskId}/verdict`, { verdict });
    }
  }

  private async keepImage(avSessionId: string): Promise<void> {
    await this.api.command({
      command: 'addImage',
      path: `/v1/av-sessions/${avSessionId}/images?kind=CALL_CAPTURE`,
      profileId: partsOf(avSessionId).profileId,
      file: imageNamed(avSessionId),
    });
  }

  private async partFrom(avSessionId: string): Promise<void> {
    const meeting = this.stage.meeting(avSessionId);
    meeting.checked = true;
    const end = Date.now() + GOODBYE_MS;
    const { signal } = this.api.surroundings;
    while (!meeting.left && Date.now() < end) await sleep(50, undefined, { signal });
  }

  private async desk(command: 'online' | 'offline'): Promise<void> {
    await this.api.command({ command, path: `/v1/agents/me/${command}`, profileId: '' });
  }

  private async send(
    command: 'joinCall' | 'setTaskVerdict' | 'endCall' | 'makerDecision',
    avSessionId: string,
    route: string,
    json: object,
  ): Promise<void> {
    const path = `/v1/av-sessions/${avSessionId}/${route}`;
    await this.api.command({ command, path, profileId: partsOf(avSessionId).profileId, json });
  }
}

function decisionBody({ decision, reason }: MakerPlan): object {
  return {
    decision,
    ...(reason !== undefined && { reason }),
    ...(decision === 'REJECTED' && { remark: 'Seen on the call.' }),
  };
}
