import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { purgeExpired } from '../../clickhouse/purge';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import { startLog, type TestLog } from './log-fixture';
import { profileRow } from './log-rows';

const PAST = '2026-01-16T00:00:00.000Z';
const FUTURE = '2098-01-01T00:00:00.000Z';

describe('retention', () => {
  let log: TestLog;
  let profiles: ProfilesRepository;
  let timelines: TimelineRepository;
  beforeAll(async () => {
    log = await startLog();
    profiles = new ProfilesRepository(log.client);
    timelines = new TimelineRepository(log.client);
    await log.client.command({ query: 'SYSTEM STOP MERGES' });
    const row = (profileId: string, seq: number, expiresAt: string): Promise<void> =>
      log.writer.write([
        profileRow({ ouid: 'keep', profileId, seq, expiresAt, details: { bodyHash: 'h' } }),
      ]);
    // Written apart, so that each version is in a part of its own.
    await row('gone', 1, PAST);
    await row('ended', 1, '');
    await row('ended', 2, PAST);
    await row('never', 1, '');
    await row('later', 1, FUTURE);
    await row('far', 1, '2250-01-01T00:00:00.000Z');
    await row('extended', 1, PAST);
    await row('extended', 2, FUTURE);
  });
  afterAll(() => log.stop());

  const KEPT = ['extended', 'far', 'later', 'never'];

  async function expectOnlyTheKept(): Promise<void> {
    const page = await profiles.listProfiles('keep', {}, { limit: 99 });
    expect(page.items.map(({ profileId }) => profileId)).toEqual(KEPT);
    for (const id of ['gone', 'ended']) {
      expect(await profiles.findProfile('keep', id)).toBeUndefined();
      expect(await profiles.findProfileByReference('keep', `ref-${id}`)).toBeUndefined();
      expect(await timelines.timeline('keep', id, { limit: 9 })).toEqual([]);
    }
    for (const id of KEPT) {
      const found = await profiles.findProfileByReference('keep', `ref-${id}`);
      expect(found).toMatchObject({ profileId: id });
      expect(await timelines.timeline('keep', id, { limit: 9 })).toHaveLength(1);
    }
  }

  const left = async (table: string): Promise<string[]> =>
    (
      await log.rows<{ id: string }>(
        `SELECT DISTINCT profile_id AS id FROM ${table} WHERE ouid = 'keep' ORDER BY id`,
      )
    ).map(({ id }) => id);

  it('shows nothing that has expired, while it is still there', async () => {
    expect(await left('activity_log')).toContain('gone');
    await expectOnlyTheKept();
    expect(await profiles.findProfile('keep', 'never')).toMatchObject({ expiresAt: '' });
    expect(await profiles.findProfile('keep', 'later')).toMatchObject({ expiresAt: FUTURE });
  });

  it('loses expired rows in merges, and neither rows without an end nor the newest state', async () => {
    await log.client.command({ query: 'SYSTEM START MERGES' });
    for (const table of ['activity_log', 'profiles']) {
      await log.client.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
    }
    expect(await left('activity_log')).toEqual(['ended', ...KEPT]);
    await expectOnlyTheKept();
  });

  it('loses the rest of what has expired with the purge, which may run again', async () => {
    await purgeExpired(log.client, Date.now());
    await purgeExpired(log.client, Date.now());
    expect(await left('activity_log')).toEqual(KEPT);
    expect(await left('profiles')).toEqual(KEPT);
    await expectOnlyTheKept();
  });
});
