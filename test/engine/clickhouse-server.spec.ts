import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Bench, newClient, openBench, selectRows } from './clickhouse-server.support';

describe('the embedded ClickHouse and the official client', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench();
    await bench.client.command({
      query: `CREATE TABLE events (id UInt64, at DateTime64(3, 'UTC'), text String, tags Array(String))
              ENGINE = MergeTree ORDER BY id`,
    });
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.client.command({ query: 'TRUNCATE TABLE events' }));

  it('answers a ping, with and without a query', async () => {
    expect(await bench.client.ping()).toEqual({ success: true });
    expect(await bench.client.ping({ select: true })).toEqual({ success: true });
    expect(await (await fetch(`${bench.server.url}/ping`)).text()).toBe('Ok.\n');
  });

  it('inserts an array and says how many rows it wrote', async () => {
    const query_id = randomUUID();
    const values = [
      { id: 1, at: '2026-01-02 03:04:05.678', text: 'one', tags: ['a'] },
      { id: 2, at: '2026-01-02 03:04:05.679', text: '', tags: [] },
    ];
    const result = await bench.client.insert({
      table: 'events',
      values,
      format: 'JSONEachRow',
      query_id,
    });
    expect(result).toMatchObject({ executed: true, query_id, summary: { written_rows: '2' } });
    expect(result.response_headers['x-clickhouse-query-id']).toBe(query_id);
    expect(
      await bench.rows('SELECT toUInt32(id) AS id, text, tags FROM events ORDER BY id'),
    ).toEqual([
      { id: 1, text: 'one', tags: ['a'] },
      { id: 2, text: '', tags: [] },
    ]);
  });

  it('keeps 64 bits and milliseconds', async () => {
    const row = { id: '18446744073709551615', at: '2026-01-02 03:04:05.001', text: '', tags: [] };
    await bench.client.insert({ table: 'events', values: [row], format: 'JSONEachRow' });
    const settings = { output_format_json_quote_64bit_integers: 1 } as const;
    expect(await selectRows(bench.client, 'SELECT * FROM events', settings)).toEqual([row]);
    expect(
      await bench.rows(
        `SELECT {at:DateTime64(3, 'UTC')} = at AS same FROM events WHERE id = {id:UInt64}`,
        { at: '2026-01-02 03:04:05.001', id: row.id },
      ),
    ).toEqual([{ same: 1 }]);
  });

  it('inserts a stream of objects, of 50,000 rows', async () => {
    const rows = function* (): Generator<object> {
      for (let id = 0; id < 50_000; id += 1) {
        yield { id, at: '2026-01-02 03:04:05.678', text: `row ${id}`, tags: ['x', 'y'] };
      }
    };
    await bench.client.insert({
      table: 'events',
      values: Readable.from(rows(), { objectMode: true }),
      format: 'JSONEachRow',
    });
    expect(
      await bench.rows('SELECT toUInt32(count()) AS n, toUInt32(uniqExact(text)) AS u FROM events'),
    ).toEqual([{ n: 50_000, u: 50_000 }]);
  });

  it('inserts other formats, bytes and a subset of columns', async () => {
    const { client } = bench;
    await client.insert({
      table: 'events',
      columns: ['id', 'text'],
      values: [[1, 'compact']],
      format: 'JSONCompactEachRow',
    });
    await client.insert({
      table: '`default`.`events`',
      columns: { except: ['at', 'tags'] },
      // Every line a row, whatever it says.
      values: Readable.from(['2\t; DROP TABLE events;\n3\tDROP TABLE events\n'], {
        objectMode: false,
      }),
      format: 'TabSeparated',
    });
    await client.insert({
      table: 'events',
      columns: ['id', 'text'],
      values: Readable.from(['4,"two\nlines"\n'], { objectMode: false }),
      format: 'CSV',
    });
    const binary = Buffer.from([5, 0, 0, 0, 0, 0, 0, 0, 3, 0x00, 0x0a, 0xff]);
    const { stream } = await client.exec({
      query: 'INSERT INTO events (id, text) FORMAT RowBinary',
      values: Readable.from([binary], { objectMode: false }),
    });
    stream.resume();
    await client.command({ query: `INSERT INTO events (id, text) VALUES (6, 'a;b'), (7, '--')` });
    expect(
      await bench.rows('SELECT toUInt32(id) AS id, hex(text) AS hex FROM events ORDER BY id'),
    ).toEqual(
      [
        'compact',
        '; DROP TABLE events;',
        'DROP TABLE events',
        'two\nlines',
        Buffer.from([0x00, 0x0a, 0xff]),
        'a;b',
        '--',
      ].map((text, index) => ({
        id: index + 1,
        hex: Buffer.from(text).toString('hex').toUpperCase(),
      })),
    );
  });

  it('takes an insert without rows, but not into a table that is not there', async () => {
    const insert = (table: string): Promise<unknown> =>
      bench.client.insert({ table, values: Readable.from([]), format: 'JSONEachRow' });
    await insert('events');
    await expect(insert('nowhere')).rejects.toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' });
  });

  it('streams a result as long as it is', async () => {
    const result = await bench.client.query({
      query: 'SELECT number FROM numbers(300000)',
      format: 'JSONEachRow',
    });
    let rows = 0;
    let sum = 0;
    let chunks = 0;
    for await (const chunk of result.stream<{ number: number }>()) {
      chunks += 1;
      for (const row of chunk) {
        rows += 1;
        sum += row.json<{ number: number }>().number;
      }
    }
    expect({ rows, sum }).toEqual({ rows: 300_000, sum: (300_000 * 299_999) / 2 });
    expect(chunks).toBeGreaterThan(10);
  });

  it.each([
    ['JSON', '"rows": 2'],
    ['CSVWithNames', '"n","s"\n0,"x"\n1,"x"\n'],
    ['TabSeparated', '0\tx\n1\tx\n'],
    ['JSONCompactEachRow', '[0, "x"]\n[1, "x"]\n'],
  ] as const)('answers in %s', async (format, expected) => {
    const query = `SELECT toUInt8(number) AS n, 'x' AS s FROM numbers(2) -- FORMAT CSV`;
    const result = await bench.client.query({ query: `${query}\n`, format });
    expect(await result.text()).toContain(expected);
  });

  it.each([
    'SHOW TABLES',
    'EXISTS TABLE events',
    'DESCRIBE TABLE events',
    'EXPLAIN SELECT 1',
    'WITH 1 AS one SELECT one',
    '(SELECT 1) UNION ALL (SELECT 2)',
    '/* SELECT */ SELECT 1 SETTINGS max_threads = 1',
  ])('answers %s', async (query) => {
    expect((await bench.rows(query)).length).toBeGreaterThan(0);
  });

  it('uses the client database', async () => {
    const database = 'other`s \\ "1"';
    const name = '`other\\`s \\\\ "1"`';
    await bench.client.command({ query: `CREATE DATABASE ${name}` });
    const other = newClient(bench.server, { database });
    await other.command({ query: 'CREATE TABLE here (a UInt8) ENGINE = Memory' });
    await other.insert({ table: 'here', values: [{ a: 1 }], format: 'JSONEachRow' });
    expect(await selectRows(other, 'SELECT a, currentDatabase() AS d FROM here')).toEqual([
      { a: 1, d: database },
    ]);
    await other.close();
    await expect(bench.rows('SELECT * FROM here')).rejects.toMatchObject({ code: '60' });
  });

  it.each([
    { request: false, response: true },
    { request: true, response: false },
    { request: true, response: true },
  ])('compresses: %p', async (compression) => {
    const packed = newClient(bench.server, { compression });
    const values = Array.from({ length: 5_000 }, (_, id) => ({ id, text: `text ${id}` }));
    await packed.insert({ table: 'events', values, format: 'JSONEachRow' });
    const result = await packed.query({ query: 'SELECT text FROM events', format: 'JSONEachRow' });
    expect(result.response_headers['content-encoding']).toBe(
      compression.response ? 'gzip' : undefined,
    );
    expect(await result.json()).toHaveLength(5_000);
    // An error is told in clear.
    await expect(selectRows(packed, 'SELECT nothing')).rejects.toMatchObject({ code: '47' });
    await packed.close();
  });
});
