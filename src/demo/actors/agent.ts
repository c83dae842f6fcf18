import { partsOf, type Stage } from '../run/stage';
import { AgentCall } from './agent-call';
import type { GoodClient } from './good-client';
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

const SHORTEST_MS = 250;
const LONGEST_MS = 800;

/** One agent: comes online, takes whom he is offered, decides once more what was sent back to him. */
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
      for (const avSessionId of this.stage.takeSentBack(this.api.who.id)) {
        await this.guarded(avSessionId, (call) => call.decideAgain());
      }
      const me = await this.api.get<Me>('/v1/agents/me');
      const avSessionId = await this.take(me);
      if (avSessionId === undefined) {
        // Away after offers he missed, or the desk has forgotten him: he is here.
        if (me.state === 'AWAY' || me.state === 'OFFLINE') await this.desk('online');
        await this.pace.pause();
        continue;
      }
      this.served.add(avSessionId);
      await this.guarded(avSessionId, (call) => call.serve());
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

  private async guarded(
    avSessionId: string,
    act: (call: AgentCall) => Promise<void>,
  ): Promise<void> {
    try {
      await unlessOvertaken(() => act(new AgentCall(this.stage, this.api, avSessionId)));
    } catch (error) {
      if (this.api.surroundings.signal.aborted) throw error;
      this.stage.trouble(partsOf(avSessionId).profileId, error);
    }
  }

  private async desk(command: 'online' | 'offline'): Promise<void> {
    await this.api.command({ command, path: `/v1/agents/me/${command}`, profileId: '' });
  }
}
