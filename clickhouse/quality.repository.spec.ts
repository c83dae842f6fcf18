import { ClickHouseError } from '@clickhouse/client';
import type { InsertRows, LogClient } from './client';
import { LogUnavailableError } from './errors';
import { QualityRepository } from './quality.repository';

const origin = { profileId: 'p', avSessionId: 'p.1', who: 'AGENT' } as const;
const sample = { at: 1, kind: 'RECONNECTED' } as const;
const failing = (error: Error): QualityRepository =>
  new QualityRepository({} as LogClient, () => Promise.reject(error));

it('puts a batch in by one insert', async () => {
  const insert = jest.fn<ReturnType<InsertRows>, Parameters<InsertRows>>(() => Promise.resolve());
  await new QualityRepository({} as LogClient, insert).store('bank', origin, [sample, sample]);
  expect(insert.mock.calls.map(([table, , rows]) => [table, rows.length])).toEqual([
    ['call_quality', 2],
  ]);
});

it('says that the log is away, and hides no other error', async () => {
  const socket = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  await expect(failing(socket).store('bank', origin, [sample])).rejects.toEqual(
    new LogUnavailableError('ECONNREFUSED'),
  );
  const wrong = new ClickHouseError({ message: 'no', code: '27', type: 'CANNOT_PARSE' });
  await expect(failing(wrong).store('bank', origin, [sample])).rejects.toBe(wrong);
});
