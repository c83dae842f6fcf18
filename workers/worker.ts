import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createOpeningActivities } from '../activities/opening/opening.activities';
import { createPurgeActivities } from '../activities/purge/purge.activities';
import { createReconcileActivities } from '../activities/reconcile/reconcile.activities';
import { createRecordActivities } from '../activities/record/record.activities';
import { createTokenActivities } from '../activities/tokens/token.activities';
import { createVideoActivities } from '../activities/video/video.activities';
import { createVideoReconcileActivities } from '../activities/video-reconcile/video-reconcile.activities';
import { createVideoEventActivities } from '../activities/video-events/video-events.activities';
import { createLogClient, insertInto } from '../clickhouse/client';
import { LogWriter } from '../clickhouse/log-writer';
import { openCallsIn } from '../clickhouse/open-calls';
import { VideoEventsLog } from '../clickhouse/video-events';
import type { Config } from '../src/config';
import { Tokens } from '../src/tokens/tokens';
import { roomRecorderOf, videoProviderOf, videoRecordsOf } from '../src/video/video-provider-of';
import {
  TASK_QUEUE,
  type Activities,
  type PurgeActivities,
  type ReconcileActivities,
  type VideoEventActivities,
  type VideoReconcileActivities,
} from '../workflows/contracts';
import { workflowBundle } from './bundle';
import { quarantineAlarm } from './metrics';
import { ensureSchedules } from './schedules';

type AllActivities = Activities &
  PurgeActivities &
  ReconcileActivities &
  VideoEventActivities &
  VideoReconcileActivities;

/** What a worker's behaviour depends on; the bench measures with the same. */
export const WORKER_SETTINGS = {
  // After a worker's death its workflows wait this long for it (default 10 s).
  stickyQueueScheduleToStartTimeout: '1 second',
  // Some 0.3 MB a workflow were measured; more is replayed from history when needed.
  maxCachedWorkflows: 1_000,
  shutdownGraceTime: '3 seconds',
  shutdownForceTime: '6 seconds',
} as const;

/** Only its end waits for a workflow's rows; lists show them so much later at most when many come. */
export const INSERT_GAP_MS = 200;

/** What nobody waits for may take so long, ms: a delete in a large table. */
const PATIENCE_MS = 10 * 60_000;

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects when it broke. */
  readonly finished: Promise<void>;
  /** Takes no more work, finishes what runs, closes its connections. */
  stop(): Promise<void>;
}

/** One worker process: all workflows and all activities of the product. */
export async function startWorker(config: Config): Promise<RunningWorker> {
  const connection = await NativeConnection.connect({ address: config.temporal.address });
  const log = createLogClient(config.clickhouse);
  const patient = createLogClient({ ...config.clickhouse, requestTimeout: PATIENCE_MS });
  const writer = new LogWriter({
    insert: insertInto(log),
    gapMs: INSERT_GAP_MS,
    onQuarantine: quarantineAlarm(Runtime.instance()),
  });
  const asked = await Connection.connect({ address: config.temporal.address });
  const client = new Client({
    connection: asked,
    namespace: config.temporal.namespace,
    identity: 'video-kyc-worker',
  });
  await ensureSchedules(client);
  const tokens = new Tokens(config.tokenKey);
  const video = videoProviderOf(config, tokens);
  const videoEvents = new VideoEventsLog(insertInto(log));
  const records = videoRecordsOf(config, tokens);
  const activities: AllActivities = {
    ...createRecordActivities({ writer }),
    ...createVideoActivities(video, roomRecorderOf(config, tokens)),
    ...createTokenActivities(tokens, () => new Date()),
    ...createOpeningActivities(),
    ...createPurgeActivities(patient),
    ...createReconcileActivities(client),
    ...createVideoReconcileActivities(client, openCallsIn(log), video, records),
    ...createVideoEventActivities(client, videoEvents, records),
  };
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: await workflowBundle(config.workflowBundle),
    activities,
    // The default is derived from the host's name and pid; a history must name no machine.
    identity: 'video-kyc-worker',
    ...WORKER_SETTINGS,
  });
  const finished = worker.run().finally(async () => {
    await connection.close();
    await asked.close();
    await log.close();
    await patient.close();
  });
  return {
    finished,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await finished;
    },
  };
}
