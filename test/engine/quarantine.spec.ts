import { insertInto } from '../../clickhouse/client';
import { LogUnavailableError } from '../../clickhouse/errors';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { QuarantineRepository } from '../../clickhouse/quarantine.repository';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import { eventIdOf } from '../../src/ids';
import type { LogRow } from '../../src/domain/log-row';
import { quarantineCommand } from '../../src/log-quarantine/quarantine-command';
import { parseQuarantineOptions } from '../../src/log-quarantine/options';
import { startLog, type TestLog } from './log-fixture';
import { profileRow } from './log-rows';

let log: TestLog;
beforeAll(async () => {
  log = await startLog();
});
afterAll(() => log.stop());

const constrain = (change: string): Promise<unknown> =>
  log.client.command({ query: `ALTER TABLE activity_log ${change}` });
const seqsOf = async (ouid: string): Promise<number[]> =>
  (await new TimelineRepository(log.client).timeline(ouid, 'p', { limit: 99 })).map(
    ({ seq }) => seq,
  );

/** Four events of one case, the second of which the log cannot take. */
async function sick(ouid: string, second: Partial<LogRow>): Promise<string> {
  const row = (seq: number): LogRow => profileRow({ ouid, profileId: 'p', seq });
  const last = { ...row(4), profileStatus: 'QUEUED' } as const;
  await log.writer.write([row(1), { ...row(2), ...second }, row(3), last]);
  expect(await seqsOf(ouid)).toEqual([1, 3, 4]);
  return eventIdOf('profile', ouid, 'p', 2);
}

/** What the command tells and ends with. */
async function command(...args: string[]): Promise<{ code: number; told: string }> {
  const told: string[] = [];
  const server = { url: log.url, user: 'default', password: '', database: 'kyc' };
  const clickhouse = { ...server, cluster: '', rowPolicy: false };
  const code = await quarantineCommand(parseQuarantineOptions(args), clickhouse, (line) =>
    told.push(line),
  );
  return { code, told: told.join('\n') };
}

it('replays a row into its place when the cause is mended, and only then', async () => {
  await constrain("ADD CONSTRAINT poison CHECK queue_id != 'SECRET'");
  const eventId = await sick('cause', { queueId: 'SECRET' });
  const listed = await command('list', '--ouid', 'cause');
  expect(listed.code).toBe(1);
  expect(listed.told).toContain(`${eventId}  `);
  expect(listed.told).toContain('cause profile/p 2 profile.changed: 469 VIOLATED_CONSTRAINT');
  expect(listed.told).not.toContain('SECRET');

  const early = await command('replay', '--ouid', 'cause');
  expect(early).toMatchObject({ code: 1 });
  expect(early.told).toContain('0 replayed, 1 still in quarantine');
  expect(await seqsOf('cause')).toEqual([1, 3, 4]);

  await constrain('DROP CONSTRAINT poison');
  expect(await command('replay', '--ouid', 'cause')).toEqual({
    code: 0,
    told: '1 replayed, 0 still in quarantine',
  });
  expect(await seqsOf('cause')).toEqual([1, 2, 3, 4]);
  // It came last, and is not the newest.
  const found = await new ProfilesRepository(log.client).findProfile('cause', 'p');
  expect(found).toMatchObject({ seq: 4, profileStatus: 'QUEUED' });
  expect(await command('list', '--ouid', 'cause')).toEqual({ code: 0, told: '0 in quarantine' });
});

it('mends a value of one row, and leaves the others', async () => {
  const first = await sick('mend', { queueId: {} as string });
  await sick('other', { occurredAt: 'yesterday' });
  const wrong = await command('replay', '--event', first, '--set', '{"queueId":7}');
  expect(wrong.told).toContain('POISON_VALUE (queueId)');
  const mended = await command('replay', '--event', first, '--set', '{"queueId":"q1"}');
  expect(mended).toEqual({ code: 0, told: '1 replayed, 0 still in quarantine' });
  const timeline = await new TimelineRepository(log.client).timeline('mend', 'p', { limit: 9 });
  expect(timeline.map(({ seq, queueId }) => [seq, queueId])).toEqual([
    [1, ''],
    [2, 'q1'],
    [3, ''],
    [4, ''],
  ]);
  expect(await new QuarantineRepository(log.client).list()).toMatchObject([
    { ouid: 'other', errorColumn: 'occurredAt' },
  ]);
});

it('keeps what the log has no answer for', async () => {
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  let broken = true;
  const rows = new QuarantineRepository(log.client, (table, columns, values) =>
    broken ? Promise.reject(away) : insertInto(log.client)(table, columns, values),
  );
  const [{ eventId } = { eventId: '' }] = await rows.list({ ouid: 'other' });
  const mended = { occurredAt: '2026-01-15T09:00:02.000Z' };
  await expect(rows.replay({ eventId }, mended)).rejects.toEqual(
    new LogUnavailableError('ECONNREFUSED'),
  );
  expect(await rows.list({ ouid: 'other' })).toHaveLength(1);
  broken = false;
  expect(await rows.replay({ eventId }, mended)).toEqual({ replayed: [eventId], refused: [] });
  expect(await seqsOf('other')).toEqual([1, 2, 3, 4]);
});
