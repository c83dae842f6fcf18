import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { DeskView } from '../../src/domain/desk/view';
import {
  DESK_QUERY,
  DESK_UPDATE,
  deskWorkflowId,
  type DeskCommand,
  type DeskResult,
} from '../../workflows/contracts';
import { Problem } from '../common/problem';
import { isProblemCode } from '../common/problem-types';
import { ask } from '../../src/ask';
import { SharedAnswers } from '../../src/shared-answers';
import { executeUpdate } from './execute-update';

/** How old a view of the desk may be, ms. */
const VIEW_MS = 500;
const QUERY_MS = 3_000;
/**
 * How long a command waits for the batch before its own, ms. With what that may take itself (12 s) a
 * caller has his answer within 20 s, which is as long as a good client waits for one.
 */
const WAIT_MS = 6_000;
/** A batch's size; some 20 kB of commands. */
const MAX_BATCH = 200;

interface Waiting {
  readonly command: DeskCommand;
  /** Epoch ms. */
  readonly since: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One API process and the desks: at most one update in flight to each, carrying all the commands
 * that came meanwhile (a workflow takes ten updates at once, from everybody), and one shared query.
 */
@Injectable()
export class DeskGateway {
  private readonly queues = new Map<string, Waiting[]>();
  private readonly views = new SharedAnswers<DeskView>(VIEW_MS);

  constructor(private readonly client: Client) {}

  /** @throws Problem with the desk's refusal */
  command(ouid: string, command: DeskCommand): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = { command, since: Date.now(), resolve, reject };
      const queue = this.queues.get(ouid);
      if (queue) {
        queue.push(waiting);
        return;
      }
      this.queues.set(ouid, [waiting]);
      void this.drain(ouid);
    });
  }

  view(ouid: string): Promise<DeskView> {
    return this.views.get(ouid, () => {
      const handle = this.client.workflow.getHandle(deskWorkflowId(ouid));
      return ask(this.client, Date.now() + QUERY_MS, () => handle.query<DeskView>(DESK_QUERY));
    });
  }

  /** Sends batches until nobody waits. Failures go to the callers; this itself never fails. */
  private async drain(ouid: string): Promise<void> {
    for (let batch = this.next(ouid); batch; batch = this.next(ouid)) {
      try {
        const results = await executeUpdate<DeskResult[]>(this.client, {
          workflowId: deskWorkflowId(ouid),
          update: DESK_UPDATE,
          updateId: randomUUID(),
          argument: batch.map(({ command }) => command),
          lasting: true,
        });
        this.views.forget(ouid);
        for (const [i, waiting] of batch.entries()) settle(waiting, results[i]);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  private next(ouid: string): Waiting[] | undefined {
    const queue = withoutLate(this.queues.get(ouid) ?? []);
    if (queue.length === 0) {
      this.queues.delete(ouid);
      return undefined;
    }
    const batch = queue.splice(0, MAX_BATCH);
    this.queues.set(ouid, queue);
    return batch;
  }
}

/** Who waited too long would not hear of it any more: he is told to repeat what was never sent. */
function withoutLate(queue: readonly Waiting[]): Waiting[] {
  const oldest = Date.now() - WAIT_MS;
  for (const { since, reject } of queue) {
    if (since >= oldest) continue;
    const detail = 'the desk is busy and has not heard of this; repeat it';
    reject(new Problem('TEMPORAL_UNAVAILABLE', detail, { retryAfter: 1 }));
  }
  return queue.filter(({ since }) => since >= oldest);
}

function settle({ resolve, reject }: Waiting, result: DeskResult | undefined): void {
  if (result?.ok) resolve();
  else if (result && isProblemCode(result.code)) reject(new Problem(result.code, result.detail));
  else reject(new Error('the desk gave no result'));
}
