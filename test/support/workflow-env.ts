import { setTimeout as pause } from 'node:timers/promises';
import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { SignalToken } from '../../src/domain/profile/commands';
import { createOpeningActivities } from '../../activities/opening/opening.activities';
import type { LogRow } from '../../src/domain/log-row';
import type { Openings, QueueHours } from '../../src/domain/openings';
import type { SearchAttributes } from '../../src/local/temporal/namespace';
import {
  type Activities,
  type OpenedRoom,
  SEARCH_ATTRIBUTE_TYPES,
  TASK_QUEUE,
} from '../../workflows/contracts';
import { testBundle } from './bundle';
import { quietRuntime } from './quiet-runtime';
import { startTemporal, timeSkippingExecutable } from './servers';

/** Stand-ins for the activities that remember their calls and fail when told to. */
export class FakeActivities implements Activities {
  readonly rows: LogRow[] = [];
  readonly calls: string[] = [];
  /** How many `record` calls were open at the same time, per stream. */
  mostAtOnce = 0;
  private readonly open = new Map<string, number>();
  recordFails: (rows: readonly LogRow[]) => boolean = () => false;
  openFails: (avSessionId: string) => boolean = () => false;
  /** Whether rooms record. */
  records = false;
  /** Whether they do it when they are asked to, and what a request fails with. */
  recordsOnRequest = false;
  startFails: () => ApplicationFailure | undefined = () => undefined;
  closeFails: (avSessionId: string) => boolean = () => false;
  /** What `openings` waits for before it answers. */
  openingsWait: () => Promise<void> = () => Promise.resolve();

  /** The rows of one stream, as the log would show them: each once. */
  stream(streamId: string): LogRow[] {
    const own = this.rows.filter((row) => row.streamId === streamId);
    const unique = new Map(own.map((row) => [row.seq, row]));
    return [...unique.values()].sort((a, b) => a.seq - b.seq);
  }

  /** Takes a token of JSON for verified: signatures are the business of src/tokens. */
  verifyToken = (token: string): Promise<SignalToken> =>
    Promise.resolve(
      token.startsWith('{')
        ? (JSON.parse(token) as SignalToken)
        : { ok: false, why: 'TOKEN_INVALID' },
    );

  record = async (rows: readonly LogRow[]): Promise<void> => {
    const stream = rows[0]?.streamId ?? '';
    this.open.set(stream, (this.open.get(stream) ?? 0) + 1);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.open.get(stream) ?? 0);
    await pause(1);
    this.open.set(stream, (this.open.get(stream) ?? 0) - 1);
    this.calls.push('record');
    if (this.recordFails(rows)) throw ApplicationFailure.create({ type: 'LogUnavailable' });
    this.rows.push(...rows);
  };

  openRoom = (_ouid: string, avSessionId: string): Promise<OpenedRoom> => {
    this.calls.push(`openRoom ${avSessionId}`);
    if (this.openFails(avSessionId)) {
      return Promise.reject(ApplicationFailure.create({ type: 'VideoUnavailable' }));
    }
    const roomId = `room-${avSessionId}`;
    return Promise.resolve({
      roomId,
      ...(this.records && { records: true }),
      ...(this.recordsOnRequest && { recordsOnRequest: true }),
    });
  };

  startRecording = (_ouid: string, avSessionId: string): Promise<void> => {
    this.calls.push(`startRecording ${avSessionId}`);
    const failure = this.startFails();
    return failure ? Promise.reject(failure) : Promise.resolve();
  };

  stopRecording = (_ouid: string, avSessionId: string): Promise<void> => {
    this.calls.push(`stopRecording ${avSessionId}`);
    return Promise.resolve();
  };

  /** The product's own: it has nothing to stand in for. */
  openings = async (queues: readonly QueueHours[], from: number): Promise<Openings> => {
    this.calls.push('openings');
    await this.openingsWait();
    return createOpeningActivities().openings(queues, from);
  };

  closeRoom = (_ouid: string, avSessionId: string): Promise<void> => {
    this.calls.push(`closeRoom ${avSessionId}`);
    if (this.closeFails(avSessionId)) {
      return Promise.reject(ApplicationFailure.create({ type: 'VideoUnavailable' }));
    }
    return Promise.resolve();
  };
}

export interface WorkflowWorld {
  readonly client: Client;
  readonly activities: FakeActivities;
  /** The server's time, epoch ms. */
  now(): Promise<number>;
  /** Lets time pass on the server: at once where it can skip, else not at all. */
  skip(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const KEYWORDS: SearchAttributes = SEARCH_ATTRIBUTE_TYPES;

interface WorldOptions {
  /** A worker for replay at every task has 0; the default keeps workflows in memory. */
  readonly maxCachedWorkflows?: number;
}

/** The time-skipping server with a worker of our workflows. */
export async function startTimeSkipping(options: WorldOptions = {}): Promise<WorkflowWorld> {
  const executable = await timeSkippingExecutable();
  quietRuntime();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable },
    client: { identity: 'test-client' },
  });
  // The Java server can be told of search attributes, but cannot list them.
  const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(Object.keys(KEYWORDS).map((name) => [name, keyword])),
  });
  return runWorker(
    env,
    (ms) => env.sleep(ms),
    options,
    () => Promise.resolve(),
  );
}

/** The real dev server with a worker of our workflows; time there is real. */
export async function startRealServer(options: WorldOptions = {}): Promise<WorkflowWorld> {
  const running = await startTemporal({ searchAttributes: KEYWORDS });
  quietRuntime();
  const env = await TestWorkflowEnvironment.createFromExistingServer({
    address: running.address,
    namespace: running.namespace,
    client: { identity: 'test-client' },
  });
  const skip = (): Promise<void> => Promise.reject(new Error('this server cannot skip time'));
  return runWorker(env, skip, options, () => running.stop());
}

async function runWorker(
  env: TestWorkflowEnvironment,
  skip: (ms: number) => Promise<void>,
  options: WorldOptions,
  after: () => Promise<void>,
): Promise<WorkflowWorld> {
  const activities = new FakeActivities();
  const { record, openRoom, startRecording, stopRecording, closeRoom, verifyToken, openings } =
    activities;
  const worker = await Worker.create({
    connection: env.nativeConnection,
    ...(env.namespace !== undefined && { namespace: env.namespace }),
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: await testBundle() },
    activities: {
      record,
      openRoom,
      startRecording,
      stopRecording,
      closeRoom,
      verifyToken,
      openings,
    },
    identity: 'test-worker',
    ...options,
  });
  const running = worker.run();
  return {
    client: env.client,
    activities,
    now: () => env.currentTimeMs(),
    skip,
    stop: async () => {
      worker.shutdown();
      await running;
      await env.teardown();
      await after();
    },
  };
}

/** Longer than a lost workflow task takes to be noticed (10 s), so only what never comes fails. */
const PATIENCE_MS = 45_000;

/** Asks again until `holds`; workflows answer when they have come so far. */
export async function until<T>(
  ask: () => Promise<T>,
  holds: (value: T) => boolean,
  what = '',
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`never came: ${what} (last: ${JSON.stringify(value)})`);
    await pause(20);
  }
}

/** The refusal's code that an update failed with. */
export async function refusalCode(update: Promise<unknown>): Promise<string> {
  try {
    await update;
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
      return String(error.cause.details?.[0]);
    }
    throw error;
  }
  return 'accepted';
}
