import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { isRepeatable } from '../../api/temporal/execute-update';
import {
  DESK_UPDATE,
  type DeskCommand,
  type DeskResult,
  deskWorkflowId,
} from '../../workflows/contracts';

/**
 * How long a command may take, ms. The API gives up after 12 s (api/temporal/execute-update.ts); the
 * naive desk takes longer with fifty acceptances in one update, and a bench has to see it through.
 */
const PATIENCE_MS = 180_000;
const TRY_MS = 30_000;
const AGAIN_MS = 100;

/** Sends an update as the API does, repeating it with its id while the outcome is unknown. */
export async function sendUpdate<T>(
  client: Client,
  workflowId: string,
  update: string,
  argument: unknown,
): Promise<T> {
  const handle = client.workflow.getHandle(workflowId);
  const updateId = randomUUID();
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await client.withDeadline(Date.now() + TRY_MS, () =>
        handle.executeUpdate<T, [unknown]>(update, { args: [argument], updateId }),
      );
    } catch (error) {
      if (!isRepeatable(error) || Date.now() > end) throw error;
      await pause(AGAIN_MS);
    }
  }
}

interface Waiting {
  readonly command: DeskCommand;
  readonly settle: (result: DeskResult | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** One update in flight to a desk, carrying all commands that came meanwhile (api/temporal/desk-gateway.ts). */
export class DeskSender {
  private queue: Waiting[] = [];
  private sending = false;

  constructor(
    private readonly client: Client,
    private readonly ouid: string,
  ) {}

  /** @throws Error when the desk refuses it */
  async command(command: DeskCommand): Promise<void> {
    const result = await new Promise<DeskResult | undefined>((settle, fail) => {
      this.queue.push({ command, settle, fail });
      if (!this.sending) void this.drain();
    });
    if (!result?.ok) throw new Error(`the desk refused ${command.name}: ${result?.code ?? ''}`);
  }

  private async drain(): Promise<void> {
    this.sending = true;
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0);
      const commands = batch.map(({ command }) => command);
      try {
        const workflowId = deskWorkflowId(this.ouid);
        const results = await sendUpdate<DeskResult[]>(
          this.client,
          workflowId,
          DESK_UPDATE,
          commands,
        );
        batch.forEach(({ settle }, i) => {
          settle(results[i]);
        });
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.sending = false;
  }
}
