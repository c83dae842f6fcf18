import { insertInto } from '../../clickhouse/client';
import { KEPT_DESK } from '../../clickhouse/kept';
import { organizationsIn, purgeExpired } from '../../clickhouse/purge';
import { RetentionRepository } from '../../clickhouse/retention.repository';
import { VideoEventsLog } from '../../clickhouse/video-events';
import type { LogRow } from '../../src/domain/log-row';
import { DEFAULT_RETENTION } from '../../src/domain/retention/policy';
import { startLog, type TestLog } from './log-fixture';
import { profileRow } from './log-rows';
import { DAY, POLICY, profileOf, rowsOf, STORIES } from './retention-cases';
import { fill, shown, webhook } from './retention-reads';

const NOW = Date.now();
const agoOf = (days: number): string => new Date(NOW - days * DAY).toISOString();
const TABLES = [
  'profiles',
  'activity_log',
  'tasks',
  'av_sessions',
  'call_quality',
  'video_events',
  'retention',
];

let log: TestLog;
beforeAll(async () => {
  log = await startLog();
  await log.client.command({ query: 'SYSTEM STOP MERGES' });
  // Written apart, so that each version of a state is in a part of its own.
  for (const story of STORIES)
    for (const row of rowsOf(story, agoOf)) await log.writer.write([row]);
  for (const { ouid } of STORIES) await fill(log, ouid, agoOf(4_000));
});
afterAll(() => log.stop());

const left = async (ouid: string): Promise<string[]> => {
  const found: string[] = [];
  for (const table of TABLES) {
    const mine = `ouid = '${ouid}' AND profile_id = '${profileOf(ouid)}'`;
    const [rows] = await log.rows<{ n: string }>(`SELECT count() AS n FROM ${table} WHERE ${mine}`);
    if (Number(rows?.n) > 0) found.push(table);
  }
  return found;
};

describe('before anything is deleted', () => {
  it.each(STORIES)('$what: shown $kept', async ({ ouid, kept }) => {
    expect(await left(ouid)).toEqual(
      expect.arrayContaining(TABLES.filter((table) => table !== 'retention')),
    );
    const found = await shown(log, ouid);
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((way) => [way, kept ? 1 : 0])));
  });

  it('reports what expires when', async () => {
    const retention = new RetentionRepository(log.client);
    const of = (ouid: string) => retention.ofProfile(ouid, profileOf(ouid));
    expect(await of('approved-20-years')).toEqual({
      expiresAt: '',
      relationshipEndedAt: '',
      holds: [],
    });
    expect(await of('approved-ended')).toEqual({
      expiresAt: agoOf(-1),
      relationshipEndedAt: agoOf(1_799),
      holds: [],
    });
    expect(await of('approved-over')).toBeUndefined();
    expect(await of('rejected')).toMatchObject({ expiresAt: agoOf(-1) });
    expect(await of('policy-longer')).toMatchObject({ expiresAt: agoOf(-200) });
    expect(await of('open')).toMatchObject({ expiresAt: '' });
    const holds = [{ holdId: 'court-2', profileId: profileOf('held'), since: agoOf(650) }];
    expect(await of('held')).toMatchObject({ expiresAt: '', holds });
    expect(await retention.ofProfile('held', profileOf('open'))).toBeUndefined();
  });

  it.each([
    ['approved-20-years', { withoutEnd: 1 }, POLICY],
    ['approved-over', {}, POLICY],
    ['rejected', { dated: 1 }, POLICY],
    ['open', { open: 1 }, POLICY],
    ['held', { held: 1 }, POLICY],
    ['policy-longer', { dated: 1 }, { ...POLICY, otherDays: 1_000 }],
    ['nobody', {}, DEFAULT_RETENTION],
  ])('counts them for the organization %s', async (ouid, counted, policy) => {
    const report = await new RetentionRepository(log.client).report(ouid);
    const profiles = { open: 0, withoutEnd: 0, held: 0, dated: 0, ...counted };
    expect(report).toMatchObject({ policy, profiles });
    expect(report.holds.map(({ holdId }) => holdId)).toEqual(ouid === 'held' ? ['court-2'] : []);
    const month = agoOf(ouid === 'rejected' ? -1 : -200).slice(0, 7);
    expect(report.expiring).toEqual('dated' in counted ? [{ month, profiles: 1 }] : []);
  });
});

describe('the purge', () => {
  beforeAll(() => log.client.command({ query: 'SYSTEM START MERGES' }));

  it.each(STORIES)('$what: stays $kept, however often it runs', async ({ ouid, kept }) => {
    const before = await left(ouid);
    for (const profiles of [kept ? 0 : 1, 0]) {
      expect(await purgeExpired(log.client, ouid, NOW)).toMatchObject({ profiles });
    }
    expect(await left(ouid)).toEqual(kept ? before : []);
  });
});

describe('in time', () => {
  it('loses an approved profile 20 years after its relationship ended, and not without an end', async () => {
    const later = NOW + 20 * 366 * DAY;
    expect(await purgeExpired(log.client, 'approved-20-years', later)).toMatchObject({
      profiles: 0,
    });
    expect(await purgeExpired(log.client, 'open', later)).toMatchObject({ profiles: 0 });
    expect(await purgeExpired(log.client, 'held', later)).toMatchObject({ profiles: 0 });
    expect(await purgeExpired(log.client, 'approved-ended', later)).toMatchObject({ profiles: 1 });
    expect(await left('approved-20-years')).toContain('call_quality');
    expect(await left('approved-ended')).toEqual([]);
  });

  it('goes round all organizations', async () => {
    expect(await organizationsIn(log.client)).toEqual(
      expect.arrayContaining(['open', 'hold-lifted']),
    );
  });
});

describe('what happened outside profiles', () => {
  const desk = (ouid: string, seq: number, daysAgo: number, profileId = ''): LogRow => ({
    ...profileRow({ ouid, profileId, seq, stream: 'desk', streamId: ouid }),
    occurredAt: agoOf(daysAgo),
    eventType: 'agent.online',
  });
  const seqs = async (ouid: string, where = KEPT_DESK): Promise<number[]> => {
    const result = await log.client.query({
      query: `SELECT seq FROM activity_log WHERE ${where} AND stream = 'desk' ORDER BY seq`,
      query_params: { ouid },
      format: 'JSONEachRow',
    });
    return (await result.json<{ seq: string }>()).map(({ seq }) => Number(seq));
  };
  const write = (ouid: string): Promise<void> =>
    log.writer.write([
      desk(ouid, 1, 101),
      desk(ouid, 2, 101, profileOf(ouid)),
      desk(ouid, 3, 99, profileOf(ouid)),
    ]);

  it('goes by its own time', async () => {
    await write('open');
    expect(await seqs('open')).toEqual([3]);
    expect(await purgeExpired(log.client, 'open', NOW)).toEqual({ profiles: 0, operations: 2 });
    expect(await seqs('open', 'ouid = {ouid:String}')).toEqual([3]);
  });

  it('stays while a hold is on the profile that it was for', async () => {
    await write('held');
    expect(await seqs('held')).toEqual([2, 3]);
    expect(await purgeExpired(log.client, 'held', NOW)).toEqual({ profiles: 0, operations: 1 });
    expect(await seqs('held', 'ouid = {ouid:String}')).toEqual([2, 3]);
  });
});

it('keeps events of rooms that are nobody’s for thirty days', async () => {
  const place = { ouid: '', avSessionId: '' };
  await new VideoEventsLog(insertInto(log.client)).keep('w', place, [webhook('e', agoOf(29))]);
  expect(
    await log.rows(
      "SELECT dateDiff('day', received_at, expires_at) AS days FROM video_events WHERE ouid = ''",
    ),
  ).toEqual([{ days: '30' }]);
});
