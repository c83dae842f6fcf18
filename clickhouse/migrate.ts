import { createLogClient, type LogClient, type LogClientOptions, select } from './client';
import {
  type Migration,
  MigrationError,
  MIGRATIONS_DIR,
  readMigrations,
  renderStatement,
} from './migration-files';

/** DDL on a big table may take its time. */
const REQUEST_TIMEOUT = 120_000;

const CREATE_JOURNAL = `
  CREATE TABLE IF NOT EXISTS schema_migrations {on_cluster} (
    version UInt32,
    name String,
    checksum String,
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
  ) ENGINE = {replicated}ReplacingMergeTree ORDER BY version`;

export interface MigrateOptions extends LogClientOptions {
  /** Of a cluster with replicas; '' or not given = one server. */
  readonly cluster?: string;
}

interface Applied {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Creates the database and brings its schema up to date; safe to run again, and after a crash in
 * the middle. One runner at a time, by deployment: ClickHouse has no lock to take.
 *
 * @returns the names of the migrations that were applied now.
 * @throws MigrationError when the files and the database contradict each other.
 */
export async function migrate(
  options: MigrateOptions,
  directory: string = MIGRATIONS_DIR,
): Promise<string[]> {
  const { cluster = '' } = options;
  const migrations = readMigrations(directory);
  await createDatabase(options);
  const client = createLogClient({ requestTimeout: REQUEST_TIMEOUT, ...options });
  try {
    await run(client, CREATE_JOURNAL, cluster);
    const pending = pendingOf(migrations, await readApplied(client));
    for (const migration of pending) await apply(client, migration, cluster);
    return pending.map(({ name }) => name);
  } finally {
    await client.close();
  }
}

async function createDatabase(options: MigrateOptions): Promise<void> {
  // An identifier cannot be a parameter of CREATE DATABASE, so it has to be harmless.
  if (!/^[a-z_][a-z0-9_]{0,62}$/i.test(options.database)) {
    throw new MigrationError('the name of the ClickHouse database is not an identifier');
  }
  const client = createLogClient({ ...options, database: 'default' });
  try {
    await run(
      client,
      `CREATE DATABASE IF NOT EXISTS ${options.database} {on_cluster}`,
      options.cluster,
    );
  } finally {
    await client.close();
  }
}

async function readApplied(client: LogClient): Promise<Applied[]> {
  return select<Applied>(
    client,
    'SELECT version, name, checksum FROM schema_migrations FINAL ORDER BY version',
    {},
  );
}

/** What of `migrations` is still to be applied, provided that what was applied is still the same. */
function pendingOf(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  applied.forEach(({ version, name, checksum }, index) => {
    if (version !== index + 1)
      throw new MigrationError(`the database lacks migration ${index + 1}`);
    const file = migrations[index];
    if (!file) throw new MigrationError(`the database is newer than this program: it has ${name}`);
    if (file.checksum !== checksum) {
      throw new MigrationError(`migration ${file.name} was changed after it had been applied`);
    }
  });
  return migrations.slice(applied.length);
}

async function apply(client: LogClient, migration: Migration, cluster: string): Promise<void> {
  for (const statement of migration.statements) await run(client, statement, cluster);
  const { version, name, checksum } = migration;
  await client.insert({
    table: 'schema_migrations',
    columns: ['version', 'name', 'checksum'],
    values: [{ version, name, checksum }],
    format: 'JSONEachRow',
    clickhouse_settings: { async_insert: 0 },
  });
}

async function run(client: LogClient, statement: string, cluster = ''): Promise<void> {
  await client.command({
    query: renderStatement(statement, cluster),
    clickhouse_settings: { wait_end_of_query: 1 },
  });
}
