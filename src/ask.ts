import { setTimeout as sleep } from 'node:timers/promises';
import { QueryNotRegisteredError, type Client } from '@temporalio/client';

const WAIT_MS = 50;

/**
 * Asks a workflow until `end` (epoch ms), again when it cannot answer at once: its first task is
 * still to be done, or the query came before the events' task (workflows/replay-guard.ts).
 */
export async function ask<T>(client: Client, end: number, query: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await client.withDeadline(end, query);
    } catch (error) {
      const early = error instanceof QueryNotRegisteredError;
      if (!early || Date.now() + WAIT_MS > end) throw error;
      await sleep(WAIT_MS);
    }
  }
}
