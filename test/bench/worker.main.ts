import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createRecordActivities } from '../../activities/record/record.activities';
import { createTokenActivities } from '../../activities/tokens/token.activities';
import { createVideoActivities } from '../../activities/video/video.activities';
import { createLogClient, insertInto } from '../../clickhouse/client';
import { LogWriter } from '../../clickhouse/log-writer';
import { loadConfig } from '../../src/config';
import { Tokens } from '../../src/tokens/tokens';
import { LocalVideoProvider } from '../../src/video/local-video';
import { RoomFiles } from '../../src/video/local/room-files';
import { INSERT_GAP_MS, WORKER_SETTINGS } from '../../workers/worker';
import { TASK_QUEUE } from '../../workflows/contracts';
import { type BenchActivities, CountedInserts } from './activities';

// The bench's worker process: one worker for all three variants, put together and set up as
// workers/worker.ts does it, with the naive variant's activity besides. Asked for anything, it
// answers with its counts of inserts.
async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const config = loadConfig();
  const connection = await NativeConnection.connect({ address: config.temporal.address });
  const log = createLogClient(config.clickhouse);
  const counted = new CountedInserts(insertInto(log));
  const tokens = new Tokens(config.tokenKey);
  const activities: BenchActivities = {
    ...createRecordActivities({
      writer: new LogWriter({ insert: counted.into, gapMs: INSERT_GAP_MS }),
    }),
    ...createVideoActivities(
      new LocalVideoProvider(new RoomFiles(config.videoDir), tokens, Date.now),
    ),
    ...createTokenActivities(tokens, () => new Date()),
    insertRow: counted.insertRow,
  };
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: config.workflowBundle },
    activities,
    identity: 'video-kyc-worker',
    ...WORKER_SETTINGS,
  });
  process.on('message', () => process.send?.(counted.counts));
  process.once('disconnect', () => {
    worker.shutdown();
  });
  process.send?.({ ready: true });
  await worker.run();
  await connection.close();
  await log.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`bench worker: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});
