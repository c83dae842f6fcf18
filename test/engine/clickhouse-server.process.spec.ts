import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { startClickHouseServer } from '../../src/local/clickhouse-server/spawn';
import { newClient, newDataDir, openBench, selectRows } from './clickhouse-server.support';

const SLOW = 'SELECT sum(sipHash64(number)) AS s FROM numbers(100000000000)';
const HOOK = resolve(__dirname, '../support/ts-require.js');

/** Waits until a query with this text is running. */
async function untilRunning(client: ClickHouseClient, text: string, count = 1): Promise<void> {
  const query = `SELECT toUInt32(count()) AS n FROM system.processes
                 WHERE position(query, {text:String}) > 0 AND query NOT LIKE '%system.processes%'`;
  for (;;) {
    const [row] = (await selectRows(client, query, {}, { text })) as { n: number }[];
    if ((row?.n ?? 0) >= count) return;
  }
}

describe('the process', () => {
  const directories: string[] = [];
  const dataDir = (): string => {
    const created = newDataDir();
    directories.push(created);
    return created;
  };
  afterAll(() => {
    for (const created of directories) rmSync(created, { recursive: true, force: true });
  });

  it('finishes what runs and exits with 0 on SIGTERM; the data are there afterwards', async () => {
    const path = dataDir();
    const server = await startClickHouseServer({ dataDir: path });
    const client = newClient(server);
    await client.command({ query: 'CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a' });
    const running = selectRows(client, 'SELECT sleep(1) AS zero');
    const inserting = client.command({ query: 'INSERT INTO t SELECT 7 WHERE sleep(0.5) = 0' });
    await untilRunning(newClient(server), 'sleep', 2);
    const stopped = server.stop();
    expect(await running).toEqual([{ zero: 0 }]);
    await inserting;
    expect(await stopped).toBe(0);
    await client.close();

    const again = await startClickHouseServer({ dataDir: path });
    const reader = newClient(again);
    expect(await selectRows(reader, 'SELECT a FROM t')).toEqual([{ a: 7 }]);
    await reader.close();
    expect(await again.stop()).toBe(0);
  });

  it('interrupts a query that would not end, and still exits with 0', async () => {
    const server = await startClickHouseServer({ dataDir: dataDir() });
    const client = newClient(server);
    const endless = selectRows(client, SLOW).catch((error: unknown) => error);
    await untilRunning(newClient(server), 'sipHash64');
    expect(await server.stop()).toBe(0);
    expect(await endless).toMatchObject({ code: '394' });
    await client.close();
  });

  it('has every acknowledged row after SIGKILL', async () => {
    const path = dataDir();
    const server = await startClickHouseServer({ dataDir: path });
    const client = newClient(server);
    await client.command({ query: 'CREATE TABLE t (a UInt32) ENGINE = MergeTree ORDER BY a' });
    const acknowledged: number[] = [];
    const write = async (first: number): Promise<void> => {
      for (let a = first; ; a += 4) {
        await client.insert({ table: 't', values: [{ a }], format: 'JSONEachRow' });
        acknowledged.push(a);
        if (acknowledged.length === 200) await server.kill();
      }
    };
    const writers = await Promise.allSettled([0, 1, 2, 3].map(write));
    expect(writers.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    await client.close();

    const again = await openBench(path);
    const stored = await again.rows('SELECT a FROM t');
    const found = new Set(stored.map((row) => (row as { a: number }).a));
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    expect(acknowledged.filter((a) => !found.has(a))).toEqual([]);
    // Each at most once, and not many that nobody was told of: one for each writer.
    expect(found.size).toBe(stored.length);
    expect(stored.length).toBeLessThanOrEqual(acknowledged.length + 4);
    await again.close();
  });

  it('refuses a directory that another process uses, in one sentence', async () => {
    const path = dataDir();
    const first = await startClickHouseServer({ dataDir: path });
    await expect(startClickHouseServer({ dataDir: path })).rejects.toThrow(
      `The data directory ${path} cannot be opened: process ${first.pid} is using it.`,
    );
    const client = newClient(first);
    expect(await client.ping({ select: true })).toEqual({ success: true });
    await client.close();
    expect(await first.stop()).toBe(0);
  });

  it('refuses what it cannot use, in one sentence', async () => {
    const path = dataDir();
    writeFileSync(join(path, 'file'), '');
    await expect(startClickHouseServer({ dataDir: join(path, 'file') })).rejects.toThrow(
      /^The data directory .* cannot be opened: EEXIST\.$/,
    );
    const first = await startClickHouseServer({ dataDir: path });
    const port = Number(new URL(first.url).port);
    await expect(startClickHouseServer({ dataDir: dataDir(), port })).rejects.toThrow(
      `Port ${port} for ClickHouse is taken: choose another.`,
    );
    await expect(startClickHouseServer({ dataDir: path, port: 70_000 })).rejects.toThrow('--port');
    await expect(
      startClickHouseServer({ dataDir: path, passwordEnv: 'NOT_THERE' }),
    ).rejects.toThrow('The environment variable NOT_THERE holds no password.');
    await first.stop();
  });

  it('ends by itself when its parent is killed, whatever it is doing', async () => {
    const parent = join(dataDir(), 'parent.ts');
    const spawn = resolve(__dirname, '../../src/local/clickhouse-server/spawn');
    writeFileSync(
      parent,
      `const { startClickHouseServer } = require(${JSON.stringify(spawn)});
       startClickHouseServer({ dataDir: ${JSON.stringify(dataDir())} })
         .then(({ url, pid }) => process.send({ url, pid }));
       setInterval(() => undefined, 1000);`,
    );
    const child: ChildProcess = fork(parent, { execArgv: ['--require', HOOK] });
    const [{ url, pid }] = (await once(child, 'message')) as [{ url: string; pid: number }];
    const client = createClient({ url, log: { level: ClickHouseLogLevel.OFF } });
    const leaving = new AbortController();
    const endless = selectRows(client, SLOW).catch((error: unknown) => error);
    // One whose client goes away as well: there is nobody left to be told of anything.
    const left = client
      .command({
        query: `INSERT INTO FUNCTION null('s UInt64') ${SLOW}`,
        abort_signal: leaving.signal,
      })
      .catch((error: unknown) => error);
    await untilRunning(client, 'sipHash64', 2);
    leaving.abort();
    expect(await left).toBeInstanceOf(Error);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const alive = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    // The test's own time limit is the deadline.
    while (alive()) await new Promise((done) => setTimeout(done, 50));
    expect(alive()).toBe(false);
    expect(await endless).toBeInstanceOf(Error);
    await client.close();
  });

  it('lets a reader pass long writers, long readers and long plans', async () => {
    const bench = await openBench();
    const { client, server } = bench;
    await client.command({ query: 'CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a' });
    const ended: string[] = [];
    const long = (query: string): Promise<unknown> => {
      const one = newClient(server);
      return one.command({ query }).then(
        () => ended.push(query),
        async (error: unknown) => {
          ended.push(query);
          await one.close();
          throw error;
        },
      );
    };
    const insert = `INSERT INTO t SELECT sum(sipHash64(number)) FROM numbers(100000000000)`;
    const plan = `SELECT (${SLOW}) AS planned`;
    // As many writers as there are lanes, and some that wait; readers leave room for one.
    const running = [...Array<string>(9).fill(insert), SLOW, plan].map(long);
    const outcomes = Promise.allSettled(running);
    await untilRunning(client, 'sipHash64', 8);

    for (let turn = 0; turn < 20; turn += 1) {
      expect(await bench.rows('SELECT {x:String} AS x FROM numbers(1)', { x: 'short' })).toEqual([
        { x: 'short' },
      ]);
    }
    expect(await client.ping()).toEqual({ success: true });
    expect(ended).toEqual([]);
    // Those that waited their turn start when the first are gone.
    while (ended.length < running.length) {
      await client.command({ query: `KILL QUERY WHERE query LIKE '%sipHash64%' SYNC` });
    }
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: '394' } });
    }
    await bench.close();
  });
});
