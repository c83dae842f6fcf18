import { parentPort, workerData } from 'node:worker_threads';
import { createLogClient, type LogClientOptions } from '../../clickhouse/client';
import { organizationOf } from './organization';
import type { PastPlan } from './plan';
import { PastStore } from './store';
import { World } from './world';

/** What a thread of `generateInParallel` is given. */
export interface PastTask {
  readonly plan: PastPlan;
  readonly seed: number;
  readonly log: LogClientOptions;
}

/** One organization's past, made and written; tells how many events each time. */
async function makePast({ plan, seed, log }: PastTask): Promise<void> {
  const client = createLogClient(log);
  const store = new PastStore(client);
  try {
    for (const rows of new World(plan, organizationOf(plan), seed).run()) {
      await store.add(rows);
      parentPort?.postMessage(rows.length);
    }
    await store.end();
  } finally {
    await client.close();
  }
}

// An error ends the thread with it: that is how the other side hears of it.
void makePast(workerData as PastTask);
