import { type Bench, newClient, openBench, selectRows } from './clickhouse-server.support';

/** What has ever broken an encoder: quotes, escapes, control characters, our own syntax. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a quote', "it's"],
  ['quotes', `'"\`''""\`\``],
  ['a backslash', '\\'],
  ['a backslash before a quote', "\\' OR 1=1 --"],
  ['escapes spelled out', '\\n\\t\\0\\\\n\\N\\x41'],
  ['the null of TSV', '\\N'],
  ['control characters', 'tab\tnewline\nreturn\rnul\0bell\x07\b\f\v\x1b\x7f'],
  ['a NUL alone', '\0'],
  ['an emoji', '👩‍👩‍👧 🇮🇳'],
  ['other scripts', 'नमस्ते مرحبا 你好 \u202e\u200b'],
  ['a parameter', '{x:String}'],
  ['statements', "'; DROP TABLE kept; SELECT '"],
  ['a format', 'x\nFORMAT Null'],
  ['comments', '-- /* */ #'],
  ['the URL kind', 'a&b=c%00%27+d?e#f'],
  ['brackets', "[']({<$tag$>})"],
  ['a heredoc', "$a$'$a$"],
  ['blanks around', '  x  '],
];

describe('query parameters', () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await openBench();
    await bench.client.command({
      query: 'CREATE TABLE kept (n UInt32, x String) ENGINE = MergeTree ORDER BY n',
    });
  });
  afterAll(() => bench.close());

  describe.each(HOSTILE)('%s', (_, x) => {
    it('comes back from a SELECT', async () => {
      expect(await bench.rows('SELECT {x:String} AS x', { x })).toEqual([{ x }]);
    });

    it('comes back inside arrays and maps, beside null', async () => {
      const query =
        'SELECT {a:Array(String)} AS a, {m:Map(String, String)} AS m, {n:Array(Nullable(String))} AS n';
      const values = { a: [x, 'end'], m: { [x]: x }, n: [null, x] };
      expect(await bench.rows(query, values)).toEqual([values]);
    });

    it('comes back from an insert, as a row and as a parameter', async () => {
      const n = HOSTILE.findIndex(([, text]) => text === x);
      await bench.client.insert({ table: 'kept', values: [{ n, x }], format: 'JSONEachRow' });
      await bench.client.command({
        query: 'INSERT INTO kept VALUES ({n:UInt32} + 1000, {x:String})',
        query_params: { n, x },
      });
      const found = await bench.rows('SELECT x FROM kept WHERE x = {x:String} ORDER BY n', { x });
      expect(found).toEqual([{ x }, { x }]);
    });

    it('comes back through a form in the body', async () => {
      const form = newClient(bench.server, { use_multipart_params: true });
      const values = { x, a: [x] };
      expect(
        await selectRows(form, 'SELECT {x:String} AS x, {a:Array(String)} AS a', {}, values),
      ).toEqual([values]);
      await form.close();
    });
  });

  it.each<[string, unknown, unknown]>([
    ['Nullable(String)', null, null],
    ['Nullable(String)', 'NULL', 'NULL'],
    ['Bool', true, true],
    ['Int64', '-9223372036854775808', '-9223372036854775808'],
    ['UInt64', 18446744073709551615n, '18446744073709551615'],
    ['Float64', -1.5e-7, -1.5e-7],
    ["DateTime64(3, 'UTC')", '2299-12-31 23:59:59.999', '2299-12-31 23:59:59.999'],
    ["DateTime64(3, 'UTC')", new Date('2026-01-02T03:04:05.678Z'), '2026-01-02 03:04:05.678'],
    ['Date', '2026-02-28', '2026-02-28'],
    ['UUID', '6ba7b810-9dad-11d1-80b4-00c04fd430c8', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['Array(UInt8)', [1, 2, 3], [1, 2, 3]],
    ['Array(Array(String))', [["'"], []], [["'"], []]],
    ['Map(String, Array(UInt8))', { "k'": [1] }, { "k'": [1] }],
  ])('%s: %p', async (type, value, expected) => {
    const settings = { output_format_json_quote_64bit_integers: 1 } as const;
    const query = `SELECT {v:${type}} AS v`;
    expect(await selectRows(bench.client, query, settings, { v: value })).toEqual([
      { v: expected },
    ]);
  });

  it('takes names of tables only as identifiers', async () => {
    const query = 'SELECT toUInt32(count()) AS found FROM {t:Identifier} WHERE n = 4000000';
    expect(await bench.rows(query, { t: 'kept' })).toEqual([{ found: 0 }]);
    await expect(bench.rows(query, { t: 'kept; DROP TABLE kept' })).rejects.toMatchObject({
      code: '60',
    });
    expect(await bench.rows('EXISTS TABLE kept')).toEqual([{ result: 1 }]);
  });

  it('takes a value longer than a statement may be', async () => {
    const x = "long'\\\n".repeat(60_000);
    const form = newClient(bench.server, { use_multipart_params_auto: true });
    const values = { x, a: [x, x] };
    const query = 'SELECT {x:String} AS x, {a:Array(String)} AS a';
    expect(await selectRows(form, query, {}, values)).toEqual([values]);
    await form.close();
  });

  it('are not there for the next query', async () => {
    await bench.rows('SELECT {secret:String} AS x', { secret: 'mine' });
    for (let turn = 0; turn < 20; turn += 1) {
      await expect(bench.rows('SELECT {secret:String} AS x')).rejects.toMatchObject({
        code: '456',
        type: 'UNKNOWN_QUERY_PARAMETER',
      });
    }
  });

  it('are not mixed up between queries that run at once', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `it's ${index}`);
    const query = 'SELECT {x:String} AS x, sum(number) AS s FROM numbers({n:UInt32})';
    const found = await Promise.all(
      texts.map((x, index) => bench.rows(query, { x, n: 1_000 + index })),
    );
    expect(found.flat()).toEqual(
      texts.map((x, index) => ({ x, s: ((1_000 + index) * (999 + index)) / 2 })),
    );
  });
});
