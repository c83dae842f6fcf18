import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { LogUnavailableError } from '../../clickhouse/errors';
import type { LogRow } from '../../src/domain/log-row';

/** Whatever takes rows and returns when they are in: the group-commit writer. */
export interface RowWriter {
  write(rows: readonly LogRow[]): Promise<void>;
}

export interface RecordActivities {
  record(rows: readonly LogRow[]): Promise<void>;
}

/**
 * `record` puts a workflow's pending events into the log and returns when they are in.
 *
 * A second run is harmless, whatever became of the first: a row's key (stream, stream id, seq and
 * the time the workflow minted) is in its input, which Temporal stored before any row was written,
 * so the same row is written again and the log shows it once. For the same reason it must stay an
 * ordinary activity: a local one is not durable before it runs.
 *
 * @throws ApplicationFailure, always retryable, of type `LogUnavailable` (benign: ClickHouse is
 * down, the journey goes on) or `RecordFailed`. Neither says anything about what the rows hold.
 */
export function createRecordActivities({ writer }: { writer: RowWriter }): RecordActivities {
  return {
    async record(rows) {
      try {
        await writer.write(rows);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

// No cause is attached: a message of ClickHouse quotes the values it could not read.
function toFailure(error: unknown): ApplicationFailure {
  if (error instanceof LogUnavailableError) {
    return ApplicationFailure.create({
      message: error.message,
      type: 'LogUnavailable',
      category: ApplicationFailureCategory.BENIGN,
    });
  }
  return ApplicationFailure.create({
    message: `the log could not be written: ${error instanceof Error ? error.name : 'unknown error'}`,
    type: 'RecordFailed',
  });
}
