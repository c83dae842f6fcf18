import { ClickHouseError, type ClickHouseSettings } from '@clickhouse/client';
import { type Bench, openBench, selectRows, settingOf } from './clickhouse-server.support';

const untouched = async (bench: Bench, name: string): Promise<void> => {
  expect(await settingOf(bench.client, name)).toMatchObject({ changed: 0 });
};

describe('settings of one query', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench();
    await bench.client.command({
      query: `CREATE TABLE batches (a UInt32) ENGINE = MergeTree ORDER BY a
              SETTINGS non_replicated_deduplication_window = 100`,
    });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.client.command({ query: 'TRUNCATE TABLE batches' }));

  it.each<[string, string]>([
    ['max_threads', '3'],
    ['max_result_rows', '1000'],
    ['max_execution_time', '12.5'],
    ['async_insert', '0'],
    ['readonly', '1'],
    ['insert_deduplication_token', "to'ken\\"],
    ['log_comment', "'; DROP TABLE batches --\n"],
    ['additional_table_filters', "{'batches':'a = 1'}"],
    ['date_time_input_format', 'best_effort'],
    ['output_format_json_quote_64bit_integers', '1'],
  ])('%s is set for it and for no other', async (name, value) => {
    const query = 'SELECT value FROM system.settings WHERE name = {name:String}';
    const settings: ClickHouseSettings = { [name]: value };
    expect(await selectRows(bench.client, query, settings, { name })).toEqual([{ value }]);
    await untouched(bench, name);
  });

  it('limits the rows of one query, which fails, and of no other', async () => {
    const query = 'SELECT number FROM numbers(10)';
    for (let turn = 0; turn < 10; turn += 1) {
      const limited = selectRows(bench.client, query, { max_result_rows: '5' });
      await expect(limited).rejects.toMatchObject({ code: '396' });
      expect(await bench.rows(query)).toHaveLength(10);
    }
  });

  it.each<[string, ClickHouseSettings, string]>([
    ['SELECT throwIf(1)', { max_threads: 2, max_result_rows: '7' }, '395'],
    ['SELECT * FROM nowhere', { max_threads: 2, max_result_rows: '7' }, '60'],
    ['SELEKT', { max_threads: 2, max_result_rows: '7' }, '62'],
    ['SELECT 1', { max_result_rows: '7', max_threads: 'many' as unknown as number }, '27'],
    ['SELECT 1', { max_result_rows: '7', not_a_setting: '1' }, '115'],
    ['SELECT 1', { max_result_rows: '7', 'max_threads = 1, x': '1' }, '115'],
  ])('are gone after an error: %s with %p', async (query, settings, code) => {
    await expect(selectRows(bench.client, query, settings)).rejects.toMatchObject({ code });
    await untouched(bench, 'max_threads');
    await untouched(bench, 'max_result_rows');
  });

  it('are gone after an insert that failed', async () => {
    const insert = bench.client.insert({
      table: 'batches',
      values: [{ a: 'no number' }],
      format: 'JSONEachRow',
      clickhouse_settings: { insert_deduplication_token: 'failed', async_insert: 0 },
    });
    await expect(insert).rejects.toMatchObject({ code: '27' });
    await untouched(bench, 'insert_deduplication_token');
    await untouched(bench, 'async_insert');
  });

  const insert = (a: number, insert_deduplication_token?: string): Promise<unknown> =>
    bench.client.insert({
      table: 'batches',
      values: [{ a }],
      format: 'JSONEachRow',
      clickhouse_settings: {
        async_insert: 0,
        ...(insert_deduplication_token === undefined ? {} : { insert_deduplication_token }),
      },
    });
  const stored = async (): Promise<unknown> =>
    (await bench.rows('SELECT groupArray(a) AS a FROM (SELECT a FROM batches ORDER BY a)'))[0];

  it('a token deduplicates its own batch and no later one without a token', async () => {
    await insert(1, 'one');
    await insert(1, 'one');
    await insert(2);
    await insert(3);
    await insert(4, 'four');
    expect(await stored()).toEqual({ a: [1, 2, 3, 4] });
  });

  it('tokens are not mixed up between inserts that run at once', async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    const send = (): Promise<unknown> =>
      Promise.all(numbers.map((a) => insert(a, a % 2 === 0 ? `token ${a}` : undefined)));
    await send();
    await Promise.all(numbers.filter((a) => a % 2 === 0).map((a) => insert(a, `token ${a}`)));
    expect(await stored()).toEqual({ a: numbers });
  });

  it('are not mixed up between queries that run at once, failing ones among them', async () => {
    const query = `SELECT getSetting('max_threads') AS threads, getSetting('log_comment') AS comment,
                          throwIf({fail:Bool}) AS failed`;
    const turns = Array.from({ length: 200 }, (_, index) => index);
    const found = await Promise.all(
      turns.map((turn) => {
        const settings =
          turn % 3 === 0 ? {} : { max_threads: 100 + turn, log_comment: `comment ${turn}` };
        return selectRows(bench.client, query, settings, { fail: turn % 5 === 0 }).then(
          (rows) => rows[0],
          (error: unknown) => (error instanceof ClickHouseError ? error.code : error),
        );
      }),
    );
    const [defaults] = await bench.rows(query, { fail: false });
    const expected = turns.map((turn): unknown => {
      if (turn % 5 === 0) return '395';
      if (turn % 3 === 0) return defaults;
      return { threads: 100 + turn, comment: `comment ${turn}`, failed: 0 };
    });
    expect(found).toEqual(expected);
  });

  it('are gone also when the query itself says SET, USE or makes a temporary table', async () => {
    const { client } = bench;
    await client.command({ query: 'SET max_threads = 5' });
    await client.command({ query: 'USE system' });
    await client.command({ query: 'CREATE TEMPORARY TABLE fleeting (a UInt8)' });
    await untouched(bench, 'max_threads');
    expect(await bench.rows('SELECT currentDatabase() AS d')).toEqual([{ d: 'default' }]);
    await expect(bench.rows('SELECT * FROM fleeting')).rejects.toMatchObject({ code: '60' });
  });

  it('that belong to HTTP alone are no error', async () => {
    const settings: ClickHouseSettings = { wait_end_of_query: 1, send_progress_in_http_headers: 1 };
    expect(await selectRows(bench.client, 'SELECT 1 AS one', settings)).toEqual([{ one: 1 }]);
  });

  it('an asynchronous insert is in the table when it is acknowledged', async () => {
    await bench.client.insert({
      table: 'batches',
      values: [{ a: 9 }],
      format: 'JSONEachRow',
      clickhouse_settings: { async_insert: 1, wait_for_async_insert: 1 },
    });
    expect(await stored()).toEqual({ a: [9] });
  });
});
