import { Client, Connection } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import type { Config } from '../../src/config';
import { testBundle } from '../support/bundle';
import { quietRuntime } from '../support/quiet-runtime';

/**
 * Replays every workflow there is as a worker would that has forgotten it. One that fails would be
 * stuck for good: it shows here, even when the worker that made it happened to know it to its end.
 */
export async function unreplayable({ temporal }: Pick<Config, 'temporal'>): Promise<string[]> {
  const codePath = await testBundle();
  const connection = await Connection.connect({ address: temporal.address });
  const wrong: string[] = [];
  quietRuntime();
  try {
    const { workflow } = new Client({ connection, namespace: temporal.namespace });
    for await (const { workflowId, runId } of workflow.list()) {
      const history = await workflow.getHandle(workflowId, runId).fetchHistory();
      const why = await replay(codePath, history, workflowId);
      if (why !== '') wrong.push(`${workflowId}: ${why}`);
    }
  } finally {
    await connection.close();
  }
  return wrong;
}

type History = Parameters<typeof Worker.runReplayHistory>[1];

async function replay(codePath: string, history: History, workflowId: string): Promise<string> {
  try {
    await Worker.runReplayHistory({ workflowBundle: { codePath } }, history, workflowId);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
