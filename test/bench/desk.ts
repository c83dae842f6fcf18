import type { Client } from '@temporalio/client';
import type { DeskView } from '../../src/domain/desk/view';
import { DESK_QUERY, type DeskStart, deskWorkflowId, TASK_QUEUE } from '../../workflows/contracts';
import { online } from '../support/journeys';
import { lookUntil } from './look';
import { DeskSender } from './sender';
import { type Variant, WORKFLOW_TYPES } from './variants';

type Found = (offer: { agentId: string; offerId: string }) => void;

/**
 * One variant's desk with its agents, spoken to as the API does it: one update in flight with an
 * array of commands, offers from one query shared by all who wait.
 */
export class Desk {
  private readonly sender: DeskSender;
  private readonly waiting = new Map<string, Found>();
  private looking: Promise<void> | undefined;

  private constructor(
    private readonly client: Client,
    readonly ouid: string,
  ) {
    this.sender = new DeskSender(client, ouid);
  }

  /** With so many agents online that nobody has to wait. */
  static async open(client: Client, variant: Variant, ouid: string, agents: number): Promise<Desk> {
    const start: DeskStart = { ouid };
    await client.workflow.start(WORKFLOW_TYPES[variant].desk, {
      taskQueue: TASK_QUEUE,
      workflowId: deskWorkflowId(ouid),
      args: [start],
    });
    const desk = new Desk(client, ouid);
    const ids = Array.from({ length: agents }, (_, i) => `agent-${i + 1}`);
    await Promise.all(ids.map((agentId) => desk.sender.command(online(agentId, ['nri']))));
    return desk;
  }

  /** Whoever is offered this customer takes him; resolves with the agent. */
  async accept(profileId: string): Promise<string> {
    const offered = new Promise<Parameters<Found>[0]>((resolve) => {
      this.waiting.set(profileId, resolve);
    });
    this.looking ??= this.look();
    const { agentId, offerId } = await Promise.race([offered, this.looking.then(() => offered)]);
    await this.sender.command({ name: 'accept', agentId, offerId });
    return agentId;
  }

  async close(): Promise<void> {
    await this.client.workflow.getHandle(deskWorkflowId(this.ouid)).terminate('bench: measured');
  }

  private async look(): Promise<void> {
    const handle = this.client.workflow.getHandle(deskWorkflowId(this.ouid));
    const ask = (): Promise<DeskView> => handle.query<DeskView>(DESK_QUERY);
    await lookUntil(ask, ({ agents }) => {
      for (const [agentId, { offer }] of Object.entries(agents)) {
        if (!offer || offer.accepted) continue;
        this.waiting.get(offer.profileId)?.({ agentId, offerId: offer.offerId });
        this.waiting.delete(offer.profileId);
      }
      if (this.waiting.size > 0) return false;
      // In the same turn: whoever comes after it looks anew.
      this.looking = undefined;
      return true;
    });
  }
}
