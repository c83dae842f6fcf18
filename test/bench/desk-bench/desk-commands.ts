import type { Client } from '@temporalio/client';
import { deskWorkflowId, TASK_QUEUE, WORKFLOWS } from '../../../workflows/contracts';
import { online } from '../../support/journeys';
import { compared, type MeasuredFigure } from '../figures';
import { DeskSender } from '../sender';

/** Commands that come while an update is in flight, of so many agents. */
const AGENTS = 50;
const BATCHES = 20;
const KINDS = { product: WORKFLOWS.desk, bare: 'bareDesk' } as const;

/** Commands a second of a desk, and of a workflow that takes the same updates and only counts. */
export async function deskCommands(
  client: Client,
  rounds: number,
  say: (line: string) => void,
): Promise<MeasuredFigure> {
  const product: number[] = [];
  const bare: number[] = [];
  await perSecond(client, 'product', -1);
  for (let round = 0; round < rounds; round++) {
    product.push(await perSecond(client, 'product', round));
    bare.push(await perSecond(client, 'bare', round));
    const [own = 0, control = 0] = [product.at(-1), bare.at(-1)];
    say(`round ${round + 1}: ${own.toFixed(0)} commands/s, bare ${control.toFixed(0)}/s`);
  }
  return compared(
    { bench: 'desk', figure: 'desk-commands-vs-bare', unit: 'commands/s' },
    product,
    bare,
  );
}

async function perSecond(client: Client, kind: keyof typeof KINDS, round: number): Promise<number> {
  const ouid = `bench-${kind}-${round + 1}`;
  const workflowId = deskWorkflowId(ouid);
  await client.workflow.start(KINDS[kind], {
    taskQueue: TASK_QUEUE,
    workflowId,
    args: [{ ouid }],
  });
  const sender = new DeskSender(client, ouid);
  const ids = Array.from({ length: AGENTS }, (_, i) => `agent-${i + 1}`);
  await Promise.all(ids.map((agentId) => sender.command(online(agentId))));
  const began = performance.now();
  for (let batch = 0; batch < BATCHES; batch++) {
    await Promise.all(
      ids.map((agentId) =>
        batch % 2 === 0
          ? sender.command({ name: 'pause', agentId, reason: 'BREAK' })
          : sender.command({ name: 'resume', agentId }),
      ),
    );
  }
  const seconds = (performance.now() - began) / 1_000;
  await client.workflow.getHandle(workflowId).terminate('bench: measured');
  return (AGENTS * BATCHES) / seconds;
}
