import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { bundleOf } from '../../workers/bundle';
import { startTemporal, type TestTemporal } from '../support/servers';
import { quietRuntime } from '../support/quiet-runtime';
import { WAIT_MS, type waitingWorkflow } from './waiting.workflow';

const TASK_QUEUE = 'waiting';
const RUNS = 12;
/** Longer than no worker runs. */
const QUERY_MS = 10_000;

let server: TestTemporal;
let connection: Connection;
let native: NativeConnection;
let client: Client;
let workflowBundle: { code: string };

beforeAll(async () => {
  server = await startTemporal();
  connection = await Connection.connect({ address: server.address });
  quietRuntime();
  native = await NativeConnection.connect({ address: server.address });
  client = new Client({ connection });
  workflowBundle = await bundleOf(require.resolve('./waiting.workflow'), 'ERROR');
}, 120_000);
afterAll(async () => {
  await native.close();
  await connection.close();
  await server.stop();
});

async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const worker = await Worker.create({
    connection: native,
    taskQueue: TASK_QUEUE,
    workflowBundle,
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  const finished = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await finished;
    },
  };
}

it('lets no timer end early when a query reaches a new worker before the timer’s task', async () => {
  const first = await startWorker();
  const handles = await Promise.all(
    Array.from({ length: RUNS }, (_, i) =>
      client.workflow.start<typeof waitingWorkflow>('waitingWorkflow', {
        workflowId: `waiting/${i}`,
        taskQueue: TASK_QUEUE,
      }),
    ),
  );
  await Promise.all(handles.map((handle) => handle.query('asked')));
  await first.stop();

  // Asked while nobody answers; meanwhile the timers end.
  const asked = handles.map((handle) =>
    client.withDeadline(Date.now() + QUERY_MS, () => handle.query('asked')),
  );
  const answers = Promise.allSettled(asked);
  await sleep(WAIT_MS + 1_000);
  const second = await startWorker();
  const results = await Promise.all(handles.map((handle) => handle.result()));
  await answers;
  await second.stop();

  expect(Math.min(...results)).toBeGreaterThanOrEqual(WAIT_MS);
}, 60_000);
