import { allOf, inBuckets } from '../../src/domain/desk/buckets';
import type { AgentCommand } from '../../src/domain/desk/commands';
import { stepDesk, type DeskInput } from '../../src/domain/desk/machine';
import { emptyDesk, type DeskAgent, type DeskState } from '../../src/domain/desk/state';
import type { DeskMessage } from '../../src/domain/messages';
import { asCommand, NOON, OUID } from './journeys';

export const SECOND = 1_000;
export const ticket = { profileId: 'p1', n: 1 };

/** A desk that takes inputs at given seconds. */
export class Desk {
  state: DeskState = emptyDesk(OUID);

  at(second: number, ...inputs: DeskInput[]): this {
    for (const input of inputs) {
      const step = stepDesk(this.state, input, { at: NOON + second * SECOND, entropy: 0 });
      if (!step.ok) throw new Error(step.code);
      this.state = step.state;
    }
    return this;
  }

  agent(agentId: string): DeskAgent | undefined {
    return inBuckets(this.state.agents, agentId);
  }

  /** The tickets in line. */
  get tickets(): number[] {
    return allOf(this.state.waiting).map(({ ticket: { n } }) => n);
  }

  decline(agentId: string): DeskInput {
    const offerId = this.agent(agentId)?.offer?.offerId ?? '';
    return asCommand({ name: 'decline', agentId, offerId });
  }
}

/** The agent has taken the customer's first ticket. */
export function inCall(agent: AgentCommand, heldFor?: number): Desk {
  const desk = new Desk().at(0, asCommand(agent), enqueue());
  const offerId = desk.agent('a1')?.offer?.offerId ?? '';
  desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }));
  const confirm = { kind: 'confirm', ticket, offerId, avSessionId: 'p1.1' } as const;
  return desk.at(2, tell({ ...confirm, ...(heldFor !== undefined && { heldFor }) }));
}

export const tell = (message: DeskMessage): DeskInput => ({ name: 'profileMessage', message });
export const timer: DeskInput = { name: 'timer' };

export function enqueue(n = 1, since = 0, preferredAgent = ''): DeskInput {
  return tell({
    kind: 'enqueue',
    ...(preferredAgent !== '' && { preferredAgent }),
    ticket: { profileId: 'p1', n },
    needs: { queueId: 'q', queueName: 'q', language: 'en', skills: [], priority: 0 },
    since: NOON + since * SECOND,
    until: NOON + 1_800 * SECOND,
    offerTimeout: 15 * SECOND,
  });
}
