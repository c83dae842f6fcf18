import { insertInto } from '../../clickhouse/client';
import { LogWriter } from '../../clickhouse/log-writer';
import type { QuarantinedRow } from '../../clickhouse/quarantine';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import type { LogRow } from '../../src/domain/log-row';
import { startLog, type TestLog } from './log-fixture';
import { profileRow } from './log-rows';

describe('writing the log', () => {
  let log: TestLog;
  beforeAll(async () => {
    log = await startLog();
  });
  afterAll(() => log.stop());

  const seqsOf = async (ouid: string): Promise<Record<string, number[]>> => {
    const rows = await log.rows<{ id: string; seqs: string[] }>(
      `SELECT stream_id AS id, arraySort(groupArray(seq)) AS seqs
       FROM activity_log FINAL WHERE ouid = '${ouid}' GROUP BY stream_id`,
    );
    return Object.fromEntries(rows.map(({ id, seqs }) => [id, seqs.map(Number)]));
  };

  it('gives every field back as it was written', async () => {
    const row: LogRow = profileRow({
      ouid: 'round',
      profileId: 'trip',
      seq: 1,
      captureSessionId: 'c',
      avSessionId: 'v',
      agentId: 'a',
      reviewerId: 'r',
      taskId: 't',
      documentId: 'd',
      queueId: 'q',
      queueName: 'Qu\u00e9ue \ud83d\ude00 \'"\\\n\t{}',
      profileStatus: 'IN_CALL',
      reason: 'BIZ_DOB_MISMATCH',
      reasonClass: 'BUSINESS',
      party: 'CUSTOMER',
      language: 'hi',
      attempt: 2,
      durationMs: 9_007_199_254_740_991,
      occurredAt: '2026-01-02T03:04:05.678Z',
      details: { text: '\u0000 \'"\\\n', deep: [1, { x: null }], big: 12345678901234 },
      expiresAt: '2099-12-31T23:59:59.999Z',
    });
    const unknown = profileRow({ ouid: 'round', profileId: 'trip', seq: 2, createdAt: '' });
    await log.writer.write([row, unknown]);
    const found = await new TimelineRepository(log.client).timeline('round', 'trip', { limit: 9 });
    expect(found).toMatchObject([row, unknown]);
    expect(found[0]?.eventId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(Date.parse(found[0]?.recordedAt ?? '')).not.toBeNaN();
  });

  it('groups what many callers write at once into few inserts', async () => {
    let inserts = 0;
    const insert = insertInto(log.client);
    const writer = new LogWriter({
      insert: (...args) => {
        inserts++;
        return insert(...args);
      },
    });
    const calls = Array.from({ length: 300 }, (_, i) =>
      writer.write([profileRow({ ouid: 'many', profileId: `p${i}`, seq: 1 })]),
    );
    await Promise.all(calls);
    await writer.close();
    expect(inserts).toBeLessThan(10);
    expect(Object.keys(await seqsOf('many'))).toHaveLength(300);
  });

  it('lets the key alone deduplicate: no insert is dropped for being like another', async () => {
    const rows = [1, 2, 3].map((seq) => profileRow({ ouid: 'again', profileId: 'p', seq }));
    await log.client.command({ query: 'SYSTEM STOP MERGES' });
    for (const batch of [rows, rows, rows.slice(1), rows.toReversed()]) {
      await log.writer.write(batch);
    }
    const [raw] = await log.rows(
      `SELECT (SELECT count() FROM activity_log WHERE ouid = 'again') AS log,
              (SELECT count() FROM profiles WHERE ouid = 'again') AS state`,
    );
    // The 11 rows of the log as written; in the view's table each insert left its newest.
    expect(raw).toEqual({ log: '11', state: '4' });
    expect(await seqsOf('again')).toEqual({ p: [1, 2, 3] });
    await log.client.command({ query: 'SYSTEM START MERGES' });
  });

  it('takes rows of more months than ClickHouse allows in one insert', async () => {
    const rows = Array.from({ length: 130 }, (_, i) =>
      profileRow({
        ouid: 'months',
        profileId: 'p',
        seq: i + 1,
        occurredAt: new Date(Date.UTC(2010, i, 5)).toISOString(),
      }),
    );
    await log.writer.write(rows);
    expect((await seqsOf('months'))['p']).toHaveLength(130);
  });

  it('puts a row the engine refuses into quarantine and the others into the log', async () => {
    await log.client.command({
      query: "ALTER TABLE activity_log ADD CONSTRAINT poison CHECK queue_id != 'poison'",
    });
    const seen: QuarantinedRow[] = [];
    const writer = new LogWriter({
      insert: insertInto(log.client),
      onQuarantine: (row) => seen.push(row),
    });
    const calls = Array.from({ length: 40 }, (_, i) =>
      writer.write([
        profileRow({ ouid: 'sick', profileId: `p${i}`, seq: 1 }),
        profileRow({
          ouid: 'sick',
          profileId: `p${i}`,
          seq: 2,
          queueId: i % 13 === 5 ? 'poison' : 'q',
        }),
      ]),
    );
    await Promise.all(calls);
    await writer.close();
    await log.client.command({ query: 'ALTER TABLE activity_log DROP CONSTRAINT poison' });
    const seqs = await seqsOf('sick');
    expect(Object.keys(seqs)).toHaveLength(40);
    const lame = Object.keys(seqs).filter((id) => seqs[id]?.length === 1);
    expect(lame.sort()).toEqual(['p18', 'p31', 'p5']);
    expect(seen).toHaveLength(3);
    const kept = await log.rows<{ stream_id: string; error_code: string; row: string }>(
      "SELECT stream_id, error_code, row FROM quarantine FINAL WHERE ouid = 'sick' ORDER BY stream_id",
    );
    expect(kept.map(({ stream_id }) => stream_id)).toEqual(['p18', 'p31', 'p5']);
    expect(kept[0]?.error_code).toBe('469 VIOLATED_CONSTRAINT');
    expect(JSON.parse(kept[0]?.row ?? '')).toMatchObject({ queueId: 'poison', seq: 2 });
  });

  it('is healed by the retry when a view failed after the log had the row', async () => {
    await log.client.command({
      query: `CREATE MATERIALIZED VIEW bad_mv TO profiles AS SELECT ouid, profile_id,
              throwIf(queue_id = 'throw') AS attempt FROM activity_log WHERE stream = 'none' OR queue_id = 'throw'`,
    });
    const bad = [profileRow({ ouid: 'view', profileId: 'p1', seq: 1, queueId: 'throw' })];
    const good = [profileRow({ ouid: 'view', profileId: 'p2', seq: 1 })];
    const [first, second] = await Promise.allSettled([
      log.writer.write(bad),
      log.writer.write(good),
    ]);
    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    await log.client.command({ query: 'DROP VIEW bad_mv' });
    await log.writer.write(bad);
    expect(await seqsOf('view')).toEqual({ p1: [1], p2: [1] });
    const state = await log.rows("SELECT profile_id FROM profiles FINAL WHERE ouid = 'view'");
    expect(state).toHaveLength(2);
  });

  it('finds every acknowledged row after SIGKILL in the middle of writing, and none twice', async () => {
    const acknowledged: [string, number][] = [];
    const unknown: LogRow[][] = [];
    let killed = false;
    const writers = Array.from({ length: 8 }, async (_, w) => {
      for (let n = 0; !killed || n < 10; n++) {
        const profileId = `p${w}`;
        const rows = [1, 2].map((i) => profileRow({ ouid: 'kill', profileId, seq: n * 2 + i }));
        try {
          await log.writer.write(rows);
          acknowledged.push(...rows.map((row): [string, number] => [profileId, row.seq]));
        } catch {
          unknown.push(rows);
          return;
        }
      }
    });
    while (acknowledged.length < 100) await new Promise(setImmediate);
    await log.killAndRestart();
    killed = true;
    await Promise.all(writers);
    expect(unknown.length).toBeGreaterThan(0);

    const found = await seqsOf('kill');
    const missing = acknowledged.filter(([id, seq]) => !found[id]?.includes(seq));
    expect(missing).toEqual([]);

    for (const rows of unknown) await log.writer.write(rows);
    const after = await seqsOf('kill');
    for (const seqs of Object.values(after)) expect(seqs).toEqual(seqs.map((_, i) => i + 1));
    const state = await log.rows<{ profile_id: string; seq: string }>(
      "SELECT profile_id, seq FROM profiles FINAL WHERE ouid = 'kill' ORDER BY profile_id",
    );
    expect(state.map(({ profile_id, seq }) => [profile_id, Number(seq)])).toEqual(
      Object.entries(after)
        .map(([id, seqs]) => [id, seqs.length])
        .sort(),
    );
  });
});
