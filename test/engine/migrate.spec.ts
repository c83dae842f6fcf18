import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../clickhouse/migrate';
import { select } from '../../clickhouse/client';
import {
  accessStatements,
  backupStatements,
  schemaStatements,
} from '../../clickhouse/operations-sql';
import { MIGRATIONS_DIR, readMigrations } from '../../clickhouse/migration-files';
import { startLog, type TestLog } from './log-fixture';

describe('migrations', () => {
  let log: TestLog;
  let folder: string;
  let database: string;
  let databases = 0;

  beforeAll(async () => {
    log = await startLog();
  });
  afterAll(() => log.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kyc-migrations-'));
    database = `migrated_${++databases}`;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const file = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
  const run = (): Promise<string[]> => migrate({ url: log.url, database }, folder);
  const table = (name: string): string =>
    `CREATE TABLE IF NOT EXISTS ${name} {on_cluster} (a UInt8) ENGINE = {replicated}MergeTree ORDER BY a;\n`;

  it('creates the database, applies every file once and may run again', async () => {
    const names = readMigrations().map(({ name }) => name);
    expect(await migrate({ url: log.url, database })).toEqual(names);
    expect(await migrate({ url: log.url, database })).toEqual([]);
    const applied = await log.rows<{ name: string }>(
      `SELECT name FROM ${database}.schema_migrations ORDER BY version`,
    );
    expect(applied.map(({ name }) => name)).toEqual(names);
  });

  it('applies what is new, one statement after the other', async () => {
    await file('001_a.sql', `-- why; and what for;\n${table('a')}\n${table('b')}`);
    expect(await run()).toEqual(['001_a']);
    await file('002_c.sql', 'ALTER TABLE b ADD COLUMN IF NOT EXISTS c String;');
    expect(await run()).toEqual(['002_c']);
    expect(await log.rows(`SELECT a, c FROM ${database}.b`)).toEqual([]);
  });

  it('runs a file again that had stopped half-way', async () => {
    await file(
      '001_a.sql',
      `${table('a')}CREATE TABLE IF NOT EXISTS b (a Nonsense) ENGINE = Memory;`,
    );
    await expect(run()).rejects.toThrow('Nonsense');
    await file('001_a.sql', `${table('a')}${table('b')}`);
    expect(await run()).toEqual(['001_a']);
  });

  it('refuses a file that was changed after it had been applied', async () => {
    await file('001_a.sql', table('a'));
    await run();
    await file('001_a.sql', table('a').replace('UInt8', 'UInt16'));
    await expect(run()).rejects.toThrow('001_a was changed');
    await file('001_a.sql', table('a').replace('\n', '\r\n'));
    expect(await run()).toEqual([]);
  });

  it('refuses a database that is newer than the program', async () => {
    await file('001_a.sql', table('a'));
    await file('002_b.sql', table('b'));
    await run();
    await rm(join(folder, '002_b.sql'));
    await expect(run()).rejects.toThrow('newer than this program: it has 002_b');
  });

  it.each([
    ['a gap', ['001_a.sql', '003_b.sql'], 'where 2 was expected'],
    ['a number used twice', ['001_a.sql', '001_b.sql'], 'where 2 was expected'],
    ['a file with another name', ['1-a.sql'], 'not named like'],
  ])('refuses %s and changes nothing', async (_what, names, message) => {
    for (const name of names) await file(name, table('a'));
    await expect(run()).rejects.toThrow(message);
    expect(await log.rows(`SELECT name FROM system.databases WHERE name = '${database}'`)).toEqual(
      [],
    );
  });

  it('refuses a statement that cannot be run twice, and a file without one', async () => {
    await file('001_a.sql', 'CREATE TABLE a (a UInt8) ENGINE = MergeTree ORDER BY a;');
    await expect(run()).rejects.toThrow('cannot be run twice');
    await file('001_a.sql', '-- nothing\n');
    await expect(run()).rejects.toThrow('holds no statement');
  });

  it('refuses a database name that is not an identifier', async () => {
    database = 'x; DROP DATABASE kyc';
    await cp(MIGRATIONS_DIR, folder, { recursive: true });
    await expect(run()).rejects.toThrow('not an identifier');
  });
});

describe('statements for a server of one’s own', () => {
  let log: TestLog;
  beforeAll(async () => {
    log = await startLog();
  });
  afterAll(() => log.stop());

  const operated = { database: 'vkyc', cluster: 'vkyc_cluster' };

  it.each([
    ['schema of a cluster', schemaStatements(operated)],
    ['access', accessStatements(operated)],
    ['access on one server', accessStatements({ ...operated, cluster: '' })],
    ['backup', backupStatements(operated)],
  ])('the engine can read those of the %s', async (_what, statements) => {
    for (const query of statements) {
      const [parsed] = await select<{ text: string }>(
        log.client,
        'SELECT formatQuery({query:String}) AS text',
        { query },
      );
      expect(parsed?.text).toMatch(/^(CREATE|ALTER|GRANT|BACKUP|RESTORE)/);
    }
  });
});
