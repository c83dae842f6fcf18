import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { LogUnavailableError } from '../../clickhouse/errors';
import { createRecordActivities } from './record.activities';

describe('record', () => {
  const failureOf = async (error: Error, attempt = 1): Promise<ApplicationFailure> => {
    const { record } = createRecordActivities({
      writer: { write: () => Promise.reject(error) },
      attempt: () => attempt,
    });
    const thrown: unknown = await record([]).catch((e: unknown) => e);
    if (thrown instanceof ApplicationFailure) return thrown;
    throw new Error('not an ApplicationFailure');
  };

  it('returns when the writer has the rows', async () => {
    const write = jest.fn(() => Promise.resolve());
    await createRecordActivities({ writer: { write } }).record([]);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('fails retryably and benignly while the log does not answer', async () => {
    const failure = await failureOf(new LogUnavailableError('ECONNREFUSED'));
    expect(failure).toMatchObject({
      type: 'LogUnavailable',
      nonRetryable: false,
      category: ApplicationFailureCategory.BENIGN,
      message: 'the log is unavailable: ECONNREFUSED',
    });
  });

  it('fails retryably, loudly and without what the rows hold for anything else', async () => {
    const failure = await failureOf(new TypeError('cannot read SECRET'));
    expect(failure).toMatchObject({ type: 'RecordFailed', nonRetryable: false });
    expect(failure.category).not.toBe(ApplicationFailureCategory.BENIGN);
    expect(JSON.stringify([failure.message, failure.details, failure.cause])).not.toContain(
      'SECRET',
    );
  });

  it('comes back after at most 10 s, not together with everybody else', async () => {
    const failures = await Promise.all(
      Array.from({ length: 20 }, () => failureOf(new LogUnavailableError('ECONNREFUSED'), 1_000)),
    );
    const delays = failures.map((failure) => Number(failure.nextRetryDelay));
    expect(Math.max(...delays)).toBeLessThanOrEqual(10_000);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(5_000);
    expect(new Set(delays).size).toBeGreaterThan(10);
  });
});
