import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { deskWorkflowId, profileWorkflowId } from '../../workflows/contracts';
import { type BenchStack, type Measured } from './bench-stack';
import { cpuSeconds } from './cpu';
import { Desk } from './desk';
import { countEvents } from './history';
import { runJourney } from './journey';
import type { Variant } from './variants';

/** What one variant did at one level in one round. */
export interface Sample {
  readonly variant: Variant;
  readonly atOnce: number;
  readonly round: number;
  readonly journeys: number;
  /** From the first start to the last close. */
  readonly seconds: number;
  /** History events: the profiles' runs and what the desk's grew by; unset where they were not counted. */
  readonly events?: number;
  /** CPU seconds of each measured process; unset where the system does not tell. */
  readonly cpu?: Readonly<Record<Measured, number>>;
  readonly inserts: number;
  readonly rows: number;
  /** Of every update of a profile, ms. */
  readonly latencies: readonly number[];
  /** Of the journey that closed last: an example to look at. */
  readonly lastProfileId: string;
}

export interface Measurement {
  readonly variant: Variant;
  readonly atOnce: number;
  readonly round: number;
  readonly journeys: number;
  /** Counting costs a request a journey, so it is done at one level only. */
  readonly withEvents: boolean;
}

/** After the last journey closed the desk may still have rows to record, ms. */
const REST_MS = 300;

/** One measurement, with a desk of its own: histories of others have no part in it. */
export async function measure(
  stack: BenchStack,
  { withEvents, ...what }: Measurement,
  onJourney: () => void,
): Promise<Sample> {
  const { variant, atOnce, journeys } = what;
  const { client } = stack;
  const ouid = `bench-${variant}-${randomUUID().slice(0, 8)}`;
  const desk = await Desk.open(client, variant, ouid, atOnce + 5);
  await pause(REST_MS);
  const deskEvents = await countEvents(client, deskWorkflowId(ouid));
  const insertsBefore = await stack.insertCounts();
  const cpuBefore = cpuOf(stack);
  const since = performance.now();
  const latencies: number[] = [];
  const ids: string[] = [];
  let left = journeys;
  const customers = Array.from({ length: atOnce }, async () => {
    while (left > 0) {
      left -= 1;
      const done = await runJourney(client, desk, variant);
      latencies.push(...done.latencies);
      ids.push(done.profileId);
      onJourney();
    }
  });
  await Promise.all(customers);
  const seconds = (performance.now() - since) / 1_000;
  await pause(REST_MS);
  const cpu = cpuOf(stack);
  const inserts = await stack.insertCounts();
  let events = (await countEvents(client, deskWorkflowId(ouid))) - deskEvents;
  if (withEvents) for (const id of ids) events += await countEvents(client, profileWorkflowId(id));
  await desk.close();
  return {
    ...what,
    seconds,
    ...(withEvents && { events }),
    ...(cpu && cpuBefore && { cpu: difference(cpu, cpuBefore) }),
    inserts: inserts.inserts - insertsBefore.inserts,
    rows: inserts.rows - insertsBefore.rows,
    latencies,
    lastProfileId: ids.at(-1) ?? '',
  };
}

function cpuOf({ pids }: BenchStack): Record<Measured, number> | undefined {
  const [worker, temporal, clickhouse] = [
    cpuSeconds(pids.worker),
    cpuSeconds(pids.temporal),
    cpuSeconds(pids.clickhouse),
  ];
  if (worker === undefined || temporal === undefined || clickhouse === undefined) return undefined;
  return { worker, temporal, clickhouse };
}

function difference(
  after: Record<Measured, number>,
  before: Record<Measured, number>,
): Record<Measured, number> {
  return {
    worker: after.worker - before.worker,
    temporal: after.temporal - before.temporal,
    clickhouse: after.clickhouse - before.clickhouse,
  };
}
