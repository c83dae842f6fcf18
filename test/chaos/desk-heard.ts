import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Config } from '../../src/config';
import type { DeskMessage, Ticket } from '../../src/domain/messages';
import { deskWorkflowId } from '../../workflows/contracts';

/** When the desk got to know of a ticket, by its own clock, epoch ms. */
export interface Heard {
  readonly profileId: string;
  readonly ticket: number;
  readonly at: number;
}

type Handle = ReturnType<Client['workflow']['getHandle']>;
type Event = NonNullable<Awaited<ReturnType<Handle['fetchHistory']>>['events']>[number];

/**
 * When the desk heard of each ticket. Only its histories tell: a customer enters the line in his own
 * workflow, and the message to the desk may wait for the one before it and for a worker (5 s were
 * seen with a worker killed in between). The desk hears of all that came since its last task at the
 * time of its next one.
 */
export async function heardByDesk(
  { temporal }: Pick<Config, 'temporal'>,
  ouid: string,
): Promise<Heard[]> {
  const connection = await Connection.connect({ address: temporal.address });
  const heard: Heard[] = [];
  try {
    const { workflow } = new Client({ connection, namespace: temporal.namespace });
    // From the run that goes on to the first one.
    let runId: string | undefined;
    do {
      const handle = workflow.getHandle(deskWorkflowId(ouid), runId);
      const { events = [] } = await handle.fetchHistory();
      heard.push(...heardIn(events ?? []));
      const [first] = events ?? [];
      runId = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
    } while (runId !== '');
    return heard;
  } finally {
    await connection.close();
  }
}

/** Of a task that failed or was lost nothing counts: its signals are the next one's. */
function heardIn(events: readonly Event[]): Heard[] {
  const heard: Heard[] = [];
  let told: Ticket[] = [];
  let begun = 0;
  for (const event of events) {
    const ticket = enqueued(event);
    if (ticket) told.push(ticket);
    if (event.workflowTaskStartedEventAttributes) begun = timeOf(event);
    if (!event.workflowTaskCompletedEventAttributes) continue;
    heard.push(...told.map(({ profileId, n }) => ({ profileId, ticket: n, at: begun })));
    told = [];
  }
  return heard;
}

function enqueued({ workflowExecutionSignaledEventAttributes: signal }: Event): Ticket | undefined {
  const [payload] = signal?.input?.payloads ?? [];
  if (signal?.signalName !== 'enqueue' || !payload) return undefined;
  return defaultPayloadConverter.fromPayload<DeskMessage>(payload).ticket;
}

/** As the workflow sees it and the log has it: whole milliseconds. */
function timeOf({ eventTime }: Event): number {
  return Number(eventTime?.seconds ?? 0) * 1_000 + Math.floor((eventTime?.nanos ?? 0) / 1e6);
}
