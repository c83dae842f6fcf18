import { rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { startClickHouseServer } from '../../src/local/clickhouse-server/spawn';
import {
  type Bench,
  newClient,
  newDataDir,
  openBench,
  selectRows,
} from './clickhouse-server.support';

describe('errors', () => {
  let bench: Bench;
  const post = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${bench.server.url}/${path}`, { method: 'POST', ...init });

  beforeAll(async () => {
    bench = await openBench();
    await bench.client.command({
      query: `CREATE TABLE checked (a UInt8, b String, CONSTRAINT small CHECK a < 100)
              ENGINE = MergeTree ORDER BY a`,
    });
  });
  afterAll(() => bench.close());

  it.each([
    ['SELECT * FROM nowhere', 404, '60', 'UNKNOWN_TABLE'],
    ['SELECT nothing FROM checked', 404, '47', 'UNKNOWN_IDENTIFIER'],
    ['SELECT no_function()', 404, '46', 'UNKNOWN_FUNCTION'],
    ['SELECT 1 AS a FROM', 400, '62', 'SYNTAX_ERROR'],
    ['SELECT 1; SELECT 2', 400, '62', 'SYNTAX_ERROR'],
    ['1 + 1', 400, '62', undefined],
    ["SELECT toUInt8('x')", 400, '6', 'CANNOT_PARSE_TEXT'],
    ['SELECT throwIf(1)', 500, '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
    ['SELECT throwIf(number = 250000) FROM numbers(300000)', 500, '395', undefined],
    ['CREATE TABLE checked (a UInt8) ENGINE = Memory', 500, '57', 'TABLE_ALREADY_EXISTS'],
    ["INSERT INTO checked VALUES (200, '')", 500, '469', 'VIOLATED_CONSTRAINT'],
  ])('%s', async (query, status, code, type) => {
    const response = await post('', { body: query });
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe(code);
    expect(text).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: `));
    expect(text).toMatch(/ \(version \d+\.\d+[\d.]*\)\n$/);
    expect(text).not.toContain('OUTFILE');
    await expect(bench.client.command({ query })).rejects.toMatchObject(
      type === undefined ? { code } : { code, type },
    );
  });

  it.each([
    ['{"a":1,"b":"open}\n', 'JSONEachRow', '26'],
    ['{"a":"text","b":""}\n', 'JSONEachRow', '27'],
    ['{"a":1}{"a":200}\n', 'JSONEachRow', '469'],
    ['1\n', 'TabSeparated', '27'],
  ])('a bad row fails the insert: %j', async (row, format, code) => {
    const insert = bench.client.exec({
      query: `INSERT INTO checked FORMAT ${format}`,
      values: Readable.from([row], { objectMode: false }),
    });
    await expect(insert).rejects.toMatchObject({ code });
    expect(await bench.rows('SELECT * FROM checked')).toEqual([]);
  });

  it('a limit of time or memory has its code', async () => {
    const endless = 'SELECT sum(sipHash64(number)) FROM numbers(100000000000)';
    await expect(
      selectRows(bench.client, endless, { max_execution_time: 1 }),
    ).rejects.toMatchObject({ code: '159', type: 'TIMEOUT_EXCEEDED' });
    const large = 'SELECT length(groupArray(number)) FROM numbers(3000000)';
    await expect(
      selectRows(bench.client, large, { max_memory_usage: '5000000' }),
    ).rejects.toMatchObject({ code: '241', type: 'MEMORY_LIMIT_EXCEEDED' });
  });

  it('what the embedded server has not is refused', async () => {
    const session = bench.client.query({ query: 'SELECT 1', session_id: 'mine' });
    await expect(session).rejects.toMatchObject({ code: '48', type: 'NOT_IMPLEMENTED' });
    const role = bench.client.query({ query: 'SELECT 1', role: 'reader' });
    await expect(role).rejects.toMatchObject({ code: '48', type: 'NOT_IMPLEMENTED' });
  });

  it('GET reads and changes nothing', async () => {
    const get = (query: string): Promise<Response> =>
      fetch(`${bench.server.url}/?query=${encodeURIComponent(query)}`);
    expect(await (await get('SELECT 1, 2')).text()).toBe('1\t2\n');
    const drop = await get('DROP TABLE checked');
    expect([drop.status, drop.headers.get('x-clickhouse-exception-code')]).toEqual([500, '164']);
    expect(await bench.rows('EXISTS TABLE checked')).toEqual([{ result: 1 }]);
  });

  it('a body that is no gzip, no known encoding or no whole form is refused', async () => {
    const broken = await post('', { body: 'SELECT 1', headers: { 'content-encoding': 'gzip' } });
    expect(broken.headers.get('x-clickhouse-exception-code')).toBe('271');
    const cut = gzipSync(`SELECT '${'x'.repeat(9_000)}'`).subarray(0, 20);
    const half = await post('', { body: cut, headers: { 'content-encoding': 'gzip' } });
    expect(half.headers.get('x-clickhouse-exception-code')).toBe('271');
    const unknown = await post('', { body: 'SELECT 1', headers: { 'content-encoding': 'lzma' } });
    expect(unknown.headers.get('x-clickhouse-exception-code')).toBe('89');
    const form = await post('', {
      body: '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\nSELECT 1',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(form.headers.get('x-clickhouse-exception-code')).toBe('36');
    const empty = await post('');
    expect(empty.headers.get('x-clickhouse-exception-code')).toBe('62');
    const format = await post('?default_format=' + encodeURIComponent('JSON; DROP'), {
      body: 'SELECT 1',
    });
    expect(format.headers.get('x-clickhouse-exception-code')).toBe('73');
  });

  it('a password is asked in every place where ClickHouse takes it', async () => {
    const dataDir = newDataDir();
    const password = "pass:w'ord";
    const server = await startClickHouseServer({
      dataDir,
      passwordEnv: 'TEST_CLICKHOUSE_PASSWORD',
      env: { ...process.env, TEST_CLICKHOUSE_PASSWORD: password },
    });
    const right = newClient(server, { username: 'default', password });
    expect(await selectRows(right, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    for (const given of [{}, { username: 'other', password }, { password: 'wrong' }]) {
      const wrong = newClient(server, given);
      await expect(selectRows(wrong, 'SELECT 1')).rejects.toMatchObject({
        code: '516',
        type: 'AUTHENTICATION_FAILED',
      });
      await wrong.close();
    }
    const ask = async (query: string, headers: Record<string, string>): Promise<number> => {
      const response = await fetch(`${server.url}/?query=SELECT+1${query}`, { headers });
      await response.text();
      return response.status;
    };
    const headers = { 'X-ClickHouse-User': 'default', 'X-ClickHouse-Key': password };
    expect(await ask('', headers)).toBe(200);
    expect(await ask(`&user=default&password=${encodeURIComponent(password)}`, {})).toBe(200);
    expect(await ask('', {})).toBe(403);
    await right.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
});
