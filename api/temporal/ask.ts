import { setTimeout as sleep } from 'node:timers/promises';
import { QueryNotRegisteredError } from '@temporalio/client';

const TRIES = 5;
const WAIT_MS = 100;

/**
 * Asks a workflow, again when it cannot answer at once: its first task is still to be done, or the
 * query came before the events' task (workflows/replay-guard.ts).
 */
export async function ask<T>(query: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await query();
    } catch (error) {
      if (!(error instanceof QueryNotRegisteredError) || tries === TRIES) throw error;
      await sleep(WAIT_MS);
    }
  }
}
