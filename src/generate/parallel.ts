import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LogClientOptions } from '../../clickhouse/client';
import type { PastTask } from './past.main';
import type { PastPlan } from './plan';

/** Beside this file, compiled or not. */
const ENTRY = join(__dirname, `past.main${extname(__filename)}`);

/**
 * Every organization's past, as many at once as there are processors: making events takes longer than
 * ClickHouse needs to take them.
 *
 * @param told how many events there are by now; what it throws ends it all
 * @returns how many there are
 */
export async function generateInParallel(
  log: LogClientOptions,
  plans: readonly PastPlan[],
  seed: number,
  told: (done: number) => void,
): Promise<number> {
  let made = 0;
  const waiting = plans.values();
  const running = new Set<Worker>();
  const one = async (): Promise<void> => {
    for (const plan of waiting) {
      const task: PastTask = { plan, seed, log };
      const thread = new Worker(ENTRY, { workerData: task });
      running.add(thread);
      await ended(thread, (rows) => {
        made += rows;
        told(made);
      });
      running.delete(thread);
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, one));
  } finally {
    await Promise.all([...running].map((thread) => thread.terminate()));
  }
  return made;
}

function ended(thread: Worker, told: (rows: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.on('message', (rows: number) => {
      try {
        told(rows);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    thread.once('error', reject);
    thread.once('exit', () => {
      resolve();
    });
  });
}
