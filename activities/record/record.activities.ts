import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { LogUnavailableError } from '../../clickhouse/errors';
import type { LogRow } from '../../src/domain/log-row';

/** Whatever takes rows and returns when they are in: the group-commit writer. */
export interface RowWriter {
  write(rows: readonly LogRow[]): Promise<void>;
}

/** A third of the time after which a silent worker counts as dead (workflows/machine-shell.ts), ms. */
const BEAT_MS = 2_000;

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
export function createRecordActivities({
  writer,
  attempt = () => activityInfo().attempt,
  beat = heartbeat,
}: {
  writer: RowWriter;
  /** Which try this is, 1 = the first. */
  attempt?: () => number;
  /** Says that this worker lives. */
  beat?: () => void;
}): RecordActivities {
  return {
    async record(rows) {
      const alive = setInterval(beat, BEAT_MS);
      try {
        await writer.write(rows);
      } catch (error) {
        throw toFailure(error, retryDelay(attempt()));
      } finally {
        clearInterval(alive);
      }
    },
  };
}

/**
 * Doubling from half a second to 10 s, each drawn from its upper half: after an outage a thousand
 * workflows must not come back in the same instant. Temporal's own retry policy has no jitter.
 */
function retryDelay(attempt: number): number {
  const full = Math.min(10_000, 500 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(full * (0.5 + Math.random() / 2));
}

// No cause is attached: a message of ClickHouse quotes the values it could not read.
function toFailure(error: unknown, nextRetryDelay: number): ApplicationFailure {
  if (error instanceof LogUnavailableError) {
    return ApplicationFailure.create({
      message: error.message,
      type: 'LogUnavailable',
      nextRetryDelay,
      category: ApplicationFailureCategory.BENIGN,
    });
  }
  return ApplicationFailure.create({
    message: `the log could not be written: ${error instanceof Error ? error.name : 'unknown error'}`,
    type: 'RecordFailed',
    nextRetryDelay,
  });
}
