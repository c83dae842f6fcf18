import { inBuckets } from '../domain/desk/buckets';
import { nextDeskDeadline, stepDesk, type DeskInput } from '../domain/desk/machine';
import { emptyDesk, type DeskState, type ToProfile } from '../domain/desk/state';
import { deskView } from '../domain/desk/view';
import type { LogRow } from '../domain/log-row';

/** What a step of the desk came to. */
export interface Taken {
  readonly events: readonly LogRow[];
  readonly replies: readonly ToProfile[];
}

/** The product's own desk in virtual time: what its workflow does around the machine, and nothing more. */
export class SimulatedDesk {
  private state: DeskState;

  /** `seq`: the number of the last event before its first. */
  constructor(ouid = 'simulated', seq = 0) {
    this.state = { ...emptyDesk(ouid), seq };
  }

  /** Epoch ms; undefined while only messages can change something. */
  get deadline(): number | undefined {
    return nextDeskDeadline(this.state);
  }

  /** The step with its messages delivered; undefined when the desk refuses it. */
  take(input: DeskInput, at: number): Taken | undefined {
    const events = this.step(input, at);
    if (!events) return undefined;
    const replies: ToProfile[] = [];
    for (;;) {
      const [first] = this.state.outbox.profiles;
      if (!first) return { events, replies };
      replies.push(first.message);
      const settled = { name: 'profilesSettled', id: first.id, delivered: true } as const;
      events.push(...(this.step(settled, at) ?? []));
    }
  }

  /** What the customer is told about his wait, ms; undefined when he is told nothing. */
  estimate(profileId: string, at: number): number | undefined {
    return deskView(this.state, at).estimates[profileId];
  }

  /** The offer that is open for an agent; '' when none is. */
  offerOf(agentId: string): string {
    return inBuckets(this.state.agents, agentId)?.offer?.offerId ?? '';
  }

  get waiting(): number {
    return this.state.waiting.size;
  }

  private step(input: DeskInput, at: number): LogRow[] | undefined {
    const step = stepDesk(this.state, input, { at, entropy: 0 });
    if (!step.ok) return undefined;
    this.state = step.state;
    return [...step.events];
  }
}
