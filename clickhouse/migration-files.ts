import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where this checkout or build keeps its migrations. */
export const MIGRATIONS_DIR = join(__dirname, 'migrations');

export interface Migration {
  readonly version: number;
  readonly name: string;
  /** SHA-256 of the file, line endings made one. */
  readonly checksum: string;
  readonly statements: readonly string[];
}

/** Something about the migrations that no retry mends. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const FILE_NAME = /^(\d{3})_([a-z0-9_]+)\.sql$/;

/**
 * The numbered files of a directory, 001 first.
 *
 * @throws MigrationError for a gap, a number used twice, a file with another name, a statement that
 * could not be run twice.
 */
export function readMigrations(directory: string = MIGRATIONS_DIR): Migration[] {
  const migrations = readdirSync(directory)
    .sort()
    .map((file) => readMigration(directory, file));
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1) {
      throw new MigrationError(
        `migration ${name}: number ${version} where ${index + 1} was expected (a gap or a number used twice)`,
      );
    }
  });
  return migrations;
}

function readMigration(directory: string, file: string): Migration {
  const match = FILE_NAME.exec(file);
  if (!match) throw new MigrationError(`${file} is not named like 001_name.sql`);
  const text = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n');
  const statements = splitStatements(text);
  if (statements.length === 0) throw new MigrationError(`${file} holds no statement`);
  for (const statement of statements) {
    // ClickHouse has no transaction for DDL: a file may stop half-way and is then run again.
    if (!/\bIF (NOT )?EXISTS\b|\bMODIFY (COLUMN|TTL|SETTING|QUERY)\b/i.test(statement)) {
      throw new MigrationError(`${file} holds a statement that cannot be run twice`);
    }
  }
  return {
    version: Number(match[1]),
    name: file.replace(/\.sql$/, ''),
    checksum: createHash('sha256').update(text).digest('hex'),
    statements,
  };
}

/** Statements end with a semicolon at the end of a line; comments have lines of their own. */
function splitStatements(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/**
 * A statement as it is sent. The one place where the same files become those of a cluster ('' = one
 * server): its clause, and the engines' prefix. Replicas find each other by the server's
 * `default_replica_path`.
 *
 * @throws MigrationError for a name that is not an identifier
 */
export function renderStatement(statement: string, cluster: string): string {
  if (!/^([a-z_][a-z0-9_]{0,62})?$/i.test(cluster)) {
    throw new MigrationError('the name of the ClickHouse cluster is not an identifier');
  }
  const [clause, prefix] = cluster === '' ? ['', ''] : [` ON CLUSTER ${cluster}`, 'Replicated'];
  return statement.replaceAll(' {on_cluster}', clause).replaceAll('{replicated}', prefix);
}
