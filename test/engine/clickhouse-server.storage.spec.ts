import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, openBench } from './clickhouse-server.support';

describe('what the log is built on', () => {
  let bench: Bench;
  const run = (query: string): Promise<unknown> => bench.client.command({ query });
  const insert = (table: string, values: readonly object[]): Promise<unknown> =>
    bench.client.insert({ table, values, format: 'JSONEachRow' });

  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());

  it('ReplacingMergeTree gives the last version with FINAL, merged or not', async () => {
    await run(`CREATE TABLE versions (id UInt32, seq UInt64, text String)
               ENGINE = ReplacingMergeTree(seq) ORDER BY id`);
    await insert('versions', [{ id: 1, seq: 2, text: 'second' }]);
    await insert('versions', [{ id: 1, seq: 1, text: 'first' }]);
    await insert('versions', [{ id: 2, seq: 1, text: 'other' }]);
    const final = 'SELECT id, text FROM versions FINAL ORDER BY id';
    const expected = [
      { id: 1, text: 'second' },
      { id: 2, text: 'other' },
    ];
    expect(await bench.rows(final)).toEqual(expected);
    await run('OPTIMIZE TABLE versions FINAL');
    expect(await bench.rows(final.replace('FINAL', ''))).toEqual(expected);
  });

  it('a materialized view follows each insert and its repetition only once', async () => {
    const window = 'SETTINGS non_replicated_deduplication_window = 100';
    await run(
      `CREATE TABLE source (id UInt32, kind String) ENGINE = MergeTree ORDER BY id ${window}`,
    );
    await run(`CREATE TABLE kinds (kind String, n UInt64)
               ENGINE = SummingMergeTree ORDER BY kind ${window}`);
    await run(`CREATE MATERIALIZED VIEW to_kinds TO kinds AS
               SELECT kind, count() AS n FROM source GROUP BY kind`);
    for (const insert_deduplication_token of ['a', 'b', 'a', 'b']) {
      await bench.client.insert({
        table: 'source',
        values: [
          { id: 1, kind: 'x' },
          { id: 2, kind: insert_deduplication_token },
        ],
        format: 'JSONEachRow',
        clickhouse_settings: {
          async_insert: 0,
          insert_deduplication_token,
          deduplicate_blocks_in_dependent_materialized_views: 1,
        },
      });
    }
    expect(
      await bench.rows('SELECT kind, toUInt32(sum(n)) AS n FROM kinds GROUP BY kind ORDER BY kind'),
    ).toEqual([
      { kind: 'a', n: 1 },
      { kind: 'b', n: 1 },
      { kind: 'x', n: 2 },
    ]);
  });

  it('mutations change and delete rows', async () => {
    await run('CREATE TABLE mutable (id UInt32, text String) ENGINE = MergeTree ORDER BY id');
    await insert('mutable', [
      { id: 1, text: 'one' },
      { id: 2, text: 'two' },
      { id: 3, text: 'three' },
    ]);
    const mutate = (query: string, query_params: Record<string, unknown>): Promise<unknown> =>
      bench.client.command({ query, query_params, clickhouse_settings: { mutations_sync: '2' } });
    const text = "it's 'one'\n";
    await mutate('ALTER TABLE mutable UPDATE text = {text:String} WHERE id = 1', { text });
    await mutate('ALTER TABLE mutable DELETE WHERE id = {id:UInt32}', { id: 2 });
    await mutate('DELETE FROM mutable WHERE id = {id:UInt32}', { id: 3 });
    expect(await bench.rows('SELECT * FROM mutable')).toEqual([{ id: 1, text }]);
  });

  it('a violated constraint fails the whole insert', async () => {
    await run(`CREATE TABLE limited (a UInt8, CONSTRAINT small CHECK a < 10)
               ENGINE = MergeTree ORDER BY a`);
    await expect(insert('limited', [{ a: 1 }, { a: 11 }])).rejects.toMatchObject({
      code: '469',
      type: 'VIOLATED_CONSTRAINT',
    });
    expect(await bench.rows('SELECT * FROM limited')).toEqual([]);
  });

  describe('TTL by a moment in the row', () => {
    const NEVER = '2299-12-31 23:59:59.999';
    const FUTURE = [
      '2106-02-07 06:28:17.000',
      '2200-01-01 00:00:00.000',
      '2299-12-31 00:00:00.000',
    ];
    const PAST = ['1970-01-02 00:00:00.000', '2020-01-01 00:00:00.000'];

    const left = async (table: string): Promise<string[]> => {
      const rows = await bench.rows(`SELECT toString(expires_at) AS at FROM ${table} ORDER BY at`);
      return [...new Set(rows.map((row) => (row as { at: string }).at))];
    };
    const create = (table: string, ttl: string, settings = ''): Promise<unknown> =>
      run(`CREATE TABLE ${table} (id UInt32, expires_at DateTime64(3, 'UTC'))
           ENGINE = ReplacingMergeTree ORDER BY id TTL ${ttl} ${settings}`);
    const fill = async (table: string, moments: readonly string[]): Promise<void> => {
      await insert(
        table,
        moments.map((expires_at, id) => ({ id, expires_at })),
      );
      await insert(
        table,
        moments.map((expires_at, id) => ({ id: id + 1_000, expires_at })),
      );
    };

    it.each([
      ['as it is', ''],
      ['dropping whole parts only', 'SETTINGS ttl_only_drop_parts = 1'],
    ])('a DateTime64 keeps every future row and "never", %s', async (_, settings) => {
      const table = settings === '' ? 'kept' : 'kept_parts';
      await create(table, 'expires_at', settings);
      await fill(table, [...PAST, ...FUTURE, NEVER]);
      await run(`OPTIMIZE TABLE ${table} FINAL`);
      expect(await left(table)).toEqual([...FUTURE, NEVER]);
    });

    it('a part with nothing but "never" stays, also when it is loaded and merged again', async () => {
      await create('forever', 'expires_at', 'SETTINGS merge_with_ttl_timeout = 0');
      await fill('forever', [NEVER, NEVER]);
      for (let turn = 0; turn < 3; turn += 1) {
        await run('OPTIMIZE TABLE forever FINAL');
        await run('DETACH TABLE forever SYNC');
        await run('ATTACH TABLE forever');
      }
      await run('ALTER TABLE forever MATERIALIZE TTL SETTINGS mutations_sync = 2');
      // Time for a merge in the background, which merge_with_ttl_timeout = 0 would start at once.
      await sleep(3_000);
      expect(await left('forever')).toEqual([NEVER]);
      expect(await bench.rows('SELECT toUInt32(count()) AS n FROM forever')).toEqual([{ n: 4 }]);
    });

    it('expires rows of a part in the background and keeps the others', async () => {
      await create('mixed', 'expires_at', 'SETTINGS merge_with_ttl_timeout = 0');
      await fill('mixed', [...PAST, NEVER]);
      while ((await left('mixed')).length > 1) await sleep(100);
      expect(await left('mixed')).toEqual([NEVER]);
    });

    it('the trap: toDateTime() wraps in 2106 and takes rows that had decades to go', async () => {
      await create('wrapped', 'toDateTime(expires_at)');
      await fill('wrapped', FUTURE);
      await run('OPTIMIZE TABLE wrapped FINAL');
      expect(await left('wrapped')).not.toContain(FUTURE[0]);
    });
  });
});
