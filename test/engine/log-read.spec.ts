import { AccessLog } from '../../clickhouse/access-log';
import { createLogClient, ping } from '../../clickhouse/client';
import { decodeCursor, encodeCursor, InvalidCursorError } from '../../clickhouse/cursor';
import { LogUnavailableError } from '../../clickhouse/errors';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import { startLog, type TestLog } from './log-fixture';
import { profileRow } from './log-rows';

const HOSTILE = [
  "'",
  "' OR 1=1 --",
  '\\',
  "\\'",
  '\\N',
  '\t\n\r\u0000',
  '{ouid:String}',
  '%_*',
  '\ud83d\ude00',
  '"; DROP TABLE profiles; --',
  '',
];

describe('reading the log', () => {
  let log: TestLog;
  let profiles: ProfilesRepository;
  let timelines: TimelineRepository;
  beforeAll(async () => {
    log = await startLog();
    profiles = new ProfilesRepository(log.client);
    timelines = new TimelineRepository(log.client);
  });
  afterAll(() => log.stop());

  const at = (ms: number): string => new Date(Date.UTC(2026, 1, 1) + ms).toISOString();

  it('finds a profile by its id and by its reference, with the hash of its first body', async () => {
    await log.writer.write([
      profileRow({ ouid: 'find', profileId: 'p', seq: 1, details: { bodyHash: 'h1' } }),
      profileRow({ ouid: 'find', profileId: 'p', seq: 2, profileStatus: 'QUEUED', queueId: 'q' }),
    ]);
    const profile = {
      profileId: 'p',
      extReferenceId: 'ref-p',
      profileStatus: 'QUEUED',
      queueId: 'q',
      seq: 2,
      asOf: '2026-01-15T09:00:02.000Z',
      createdAt: '2026-01-15T09:00:00.000Z',
    };
    expect(await profiles.findProfile('find', 'p')).toMatchObject(profile);
    expect(await profiles.findProfileByReference('find', 'ref-p')).toMatchObject({
      ...profile,
      bodyHash: 'h1',
    });
    expect(await profiles.findProfile('find', 'q')).toBeUndefined();
    expect(await profiles.findProfileByReference('find', 'ref-q')).toBeUndefined();
  });

  it('shows no method anything of another organization', async () => {
    const fields = { agentId: 'a', reviewerId: 'r', queueId: 'q', extReferenceId: 'same' };
    await log.writer.write([
      profileRow({ ouid: 'mine', profileId: 'p1', seq: 1, ...fields }),
      profileRow({ ouid: 'theirs', profileId: 'p1', seq: 1, ...fields, details: { s: 'secret' } }),
      profileRow({ ouid: 'theirs', profileId: 'p1', seq: 2, ...fields, profileStatus: 'QUEUED' }),
      profileRow({ ouid: 'theirs', profileId: 'p2', seq: 1, ...fields }),
    ]);
    for (const ouid of ['mine', 'nobody']) {
      const seen = [
        await profiles.findProfile(ouid, 'p1'),
        await profiles.findProfile(ouid, 'p2'),
        await profiles.findProfileByReference(ouid, 'same'),
        ...(await profiles.listProfiles(ouid, {}, { limit: 200 })).items,
        ...(await profiles.listProfiles(ouid, { agentId: 'a', queueId: 'q' }, { limit: 9 })).items,
        ...(await timelines.timeline(ouid, 'p1', { limit: 9 })),
        ...(await timelines.timeline(ouid, 'p2', { limit: 9 })),
      ].filter((found) => found !== undefined);
      expect(seen).toHaveLength(ouid === 'mine' ? 5 : 0);
      for (const found of seen) expect(found).toMatchObject({ profileId: 'p1', seq: 1 });
      expect(await timelines.waitForSeq(ouid, 'p1', 2, 0)).toBe(false);
    }
    const first = await profiles.listProfiles('theirs', {}, { limit: 1 });
    const cursor = first.nextCursor!;
    const stolen = await profiles.listProfiles('mine', {}, { limit: 9, cursor });
    expect(stolen.items.map(({ profileId }) => profileId)).not.toContain('p2');
  });

  it.each(HOSTILE.map((text) => [JSON.stringify(text), text]))(
    'takes %s for what it is, in every parameter',
    async (_name, text) => {
      const row = profileRow({
        ouid: `o${text}`,
        profileId: `p${text}`,
        seq: 1,
        extReferenceId: `x${text}`,
        queueId: `q${text}`,
        agentId: `a${text}`,
        reviewerId: `r${text}`,
      });
      await log.writer.write([row, { ...row, ouid: 'bystander' }]);
      const { ouid, profileId, extReferenceId, queueId, agentId, reviewerId } = row;
      const is = { profileId, extReferenceId, queueId, agentId, reviewerId };
      const filter = { status: 'CAPTURE_PENDING', extReferenceId, queueId, agentId, reviewerId };
      expect(await profiles.findProfile(ouid, profileId)).toMatchObject(is);
      expect(await profiles.findProfileByReference(ouid, extReferenceId)).toMatchObject(is);
      const page = await profiles.listProfiles(
        ouid,
        { ...filter, status: 'CAPTURE_PENDING' },
        { limit: 9 },
      );
      expect(page.items).toMatchObject([is]);
      const cursor = encodeCursor({ createdAtMs: Date.parse(row.createdAt) + 1, profileId: text });
      const next = await profiles.listProfiles(ouid, {}, { limit: 9, cursor });
      expect(next.items).toMatchObject([is]);
      expect(await timelines.timeline(ouid, profileId, { limit: 9 })).toMatchObject([row]);
      expect(await timelines.waitForSeq(ouid, profileId, 1, 0)).toBe(true);
    },
  );

  it('filters by each field and by time of creation', async () => {
    await log.writer.write(
      [0, 1, 2, 3].map((i) =>
        profileRow({
          ouid: 'filter',
          profileId: `p${i}`,
          seq: 1,
          createdAt: at(i * 1_000),
          agentId: `a${i % 2}`,
          profileStatus: i < 2 ? 'QUEUED' : 'IN_CALL',
        }),
      ),
    );
    const list = async (filter: object): Promise<string[]> =>
      (await profiles.listProfiles('filter', filter, { limit: 9 })).items.map((p) => p.profileId);
    expect(await list({})).toEqual(['p3', 'p2', 'p1', 'p0']);
    expect(await list({ status: 'QUEUED', agentId: 'a1' })).toEqual(['p1']);
    expect(await list({ createdFrom: at(1_000), createdTo: at(3_000) })).toEqual(['p2', 'p1']);
    expect(await list({ agentId: 'a0', extReferenceId: 'ref-p1' })).toEqual([]);
  });

  it('pages without a repeat or a gap while rows arrive, and with equal times', async () => {
    const create = (n: number, ms: number): Promise<void> =>
      log.writer.write([
        profileRow({ ouid: 'page', profileId: `p${n}`, seq: 1, createdAt: at(ms) }),
      ]);
    for (let n = 10; n < 21; n++) await create(n, Math.floor(n / 3));
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let n = 0; ; n++) {
      const page = await profiles.listProfiles('page', {}, { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ profileId }) => profileId));
      cursor = page.nextCursor;
      if (cursor === undefined) break;
      await create(50 + n, 1_000 + n);
      await log.writer.write([
        profileRow({ ouid: 'page', profileId: seen[0]!, seq: n + 2, createdAt: at(6) }),
      ]);
    }
    expect(seen).toEqual(
      Array.from({ length: 11 }, (_, i) => i + 10)
        .sort((a, b) => Math.floor(b / 3) - Math.floor(a / 3) || a - b)
        .map((n) => `p${n}`),
    );
    expect((await profiles.listProfiles('page', {}, { limit: -1 })).items).toHaveLength(1);
  });

  it('says how old a list is', async () => {
    expect((await profiles.listProfiles('empty', {}, { limit: 9 })).asOf).toBe('');
    expect((await profiles.listProfiles('find', {}, { limit: 9 })).asOf).toBe(
      '2026-01-15T09:00:02.000Z',
    );
  });

  it.each(['x', '', 'bm90IGpzb24', encodeCursor({ createdAtMs: 0.5, profileId: 'p' })])(
    'refuses the cursor %j',
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow(InvalidCursorError);
    },
  );

  it('gives a timeline in pages by seq, and waits for a seq', async () => {
    const rows = [1, 2, 3, 4].map((seq) => profileRow({ ouid: 'line', profileId: 'p', seq }));
    await log.writer.write(rows.slice(0, 3));
    const seqs = async (afterSeq: number): Promise<number[]> =>
      (await timelines.timeline('line', 'p', { afterSeq, limit: 2 })).map(({ seq }) => seq);
    expect([await seqs(0), await seqs(2)]).toEqual([[1, 2], [3]]);
    expect(await timelines.waitForSeq('line', 'p', 4, 0)).toBe(false);
    const waiting = timelines.waitForSeq('line', 'p', 4, 30_000);
    await log.writer.write(rows.slice(3));
    expect(await waiting).toBe(true);
  });

  it('records who read what before it is answered', async () => {
    const access = new AccessLog(log.writer, () => Date.UTC(2026, 1, 2));
    const read = {
      eventType: 'access.document-read',
      actor: { type: 'REVIEWER', id: 'r1' },
      profileId: 'p',
      documentId: 'd',
    } as const;
    const ids = [await access.recordAccess('who', read), await access.recordAccess('who', read)];
    const found = await log.rows<{ stream_id: string }>(
      "SELECT stream_id, seq, event_type, reviewer_id, actor_id, document_id FROM activity_log FINAL WHERE ouid = 'who' AND stream = 'access'",
    );
    expect(found.map(({ stream_id }) => stream_id).sort()).toEqual(ids.sort());
    expect(found[0]).toMatchObject({
      seq: '0',
      reviewer_id: 'r1',
      actor_id: 'r1',
      document_id: 'd',
    });
    expect(await profiles.findProfile('who', 'p')).toBeUndefined();
  });

  it('is ready when the schema is there, and says so when it is not', async () => {
    await expect(ping(log.client)).resolves.toBeUndefined();
    for (const options of [
      { url: log.url, database: 'default' },
      { url: 'http://127.0.0.1:1', database: 'kyc' },
    ]) {
      const client = createLogClient(options);
      await expect(ping(client)).rejects.toThrow(LogUnavailableError);
      await client.close();
    }
  });
});
