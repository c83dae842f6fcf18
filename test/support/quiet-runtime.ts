import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

let done = false;

/**
 * Workers of tests meet trouble on purpose: only what is wrong with them is worth a line.
 *
 * Call it right before the first worker or native connection and not where a file is loaded: the
 * runtime ends with the last of them, and one that never had any keeps the process alive for ever.
 */
export function quietRuntime(): void {
  if (done) return;
  done = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR' }) },
    },
  });
}
