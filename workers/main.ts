import { Runtime } from '@temporalio/worker';
import { ConfigError, loadConfig } from '../src/config';
import { createWorkerLogger } from './logger';
import { metricsAt } from './metrics';
import { startWorker } from './worker';

async function main(): Promise<void> {
  const config = loadConfig();
  Runtime.install({
    logger: createWorkerLogger(),
    // The launcher stops its children one after the other: no handlers but ours.
    shutdownSignals: [],
    telemetryOptions: metricsAt(config.metricsAddress),
  });
  const worker = await startWorker(config);
  const stop = (): void => {
    worker.stop().catch(fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  process.send?.({ ready: true });
  await worker.finished;
}

function fail(error: unknown): void {
  const text =
    error instanceof ConfigError || !(error instanceof Error)
      ? String(error)
      : (error.stack ?? error.message);
  process.stderr.write(`worker: ${text}\n`);
  process.exitCode = 1;
}

main()
  .catch(fail)
  .finally(() => {
    if (process.connected) process.disconnect();
  });
