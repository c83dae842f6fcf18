import type { Runtime, RuntimeOptions } from '@temporalio/worker';
import type { QuarantinedRow } from '../clickhouse/quarantine';

/** Prometheus' text at `http://<address>/metrics`: Temporal's own of this worker, and ours. */
export function metricsAt(address: string): NonNullable<RuntimeOptions['telemetryOptions']> {
  if (address === '') return {};
  return {
    metrics: {
      prometheus: { bindAddress: address, countersTotalSuffix: true, useSecondsForDurations: true },
    },
  };
}

/** Tells of a row that went into quarantine: somebody has to mend it. Ids and an error code only. */
export function quarantineAlarm(runtime: Runtime): (row: QuarantinedRow) => void {
  const counter = runtime.metricMeter.createCounter(
    'vkyc_log_rows_quarantined',
    'rows',
    'Rows that the log could not take',
  );
  return (row) => {
    runtime.logger.error('a log row went into quarantine', { ...row });
    counter.add(1, { stream: row.stream, error: row.errorCode });
  };
}
