import { condition, defineQuery, setHandler } from '@temporalio/workflow';

export const WAIT_MS = 1_500;

/** How long its one timer took by its own clock, ms. */
export async function waitingWorkflow(): Promise<number> {
  setHandler(defineQuery<string>('asked'), () => 'here');
  const began = Date.now();
  await condition(() => false, WAIT_MS);
  return Date.now() - began;
}
