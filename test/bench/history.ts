import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

/** How many events the history of a workflow holds: of all its runs, where it continued as new. */
export async function countEvents(client: Client, workflowId: string): Promise<number> {
  let events = 0;
  for (let runId: string | undefined; runId !== '';) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const description = await handle.describe();
    events += description.historyLength;
    runId = await runBefore(client, workflowId, description.runId);
  }
  return events;
}

/** The run that continued as this one; '' when none did. */
async function runBefore(client: Client, workflowId: string, runId: string): Promise<string> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, runId },
    maximumPageSize: 1,
  });
  const [first] = history?.events ?? [];
  return first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
}

/** Events of a history by type, the most frequent first. */
export async function eventTypes(
  client: Client,
  workflowId: string,
): Promise<Readonly<Record<string, number>>> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const counts: Record<string, number> = {};
  for (const { eventType } of events ?? []) {
    const named: string | undefined = temporal.api.enums.v1.EventType[eventType ?? 0];
    const name = named?.replace('EVENT_TYPE_', '') ?? 'unknown';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
}
