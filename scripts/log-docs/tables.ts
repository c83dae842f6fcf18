import { readMigrations } from '../../clickhouse/migration-files';

export interface DocumentedTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** What rows are kept apart by. */
  readonly key: string;
  readonly partition: string;
  readonly ttl: string;
}

const TABLE = /^CREATE TABLE IF NOT EXISTS (\w+) \{on_cluster\} \(\n([^]*?)\n\) ENGINE = ([^]*)$/;
const ALTER = /^ALTER TABLE (\w+) \{on_cluster\}\s+([^]*)$/;

/** The tables as all migrations leave them. */
export function documentedTables(directory?: string): DocumentedTable[] {
  const tables = new Map<string, DocumentedTable>();
  for (const { statements } of readMigrations(directory)) {
    for (const statement of statements) {
      const [, name = '', body = '', engine = ''] = TABLE.exec(statement) ?? [];
      if (name !== '') tables.set(name, tableOf(name, body, engine));
      const [, altered = '', changes = ''] = ALTER.exec(statement) ?? [];
      const table = tables.get(altered);
      if (table) tables.set(altered, withAdded(table, changes));
    }
  }
  return [...tables.values()];
}

function tableOf(name: string, body: string, engine: string): DocumentedTable {
  const clause = (word: string): string =>
    new RegExp(`^${word} (.+)$`, 'm').exec(engine)?.[1]?.replace(/;$/, '') ?? '';
  const columns = body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(--|INDEX|CONSTRAINT|PROJECTION)/.test(line))
    .map(columnOf);
  return {
    name,
    columns,
    key: clause('ORDER BY').replace(/^\(|\)$/g, ''),
    partition: clause('PARTITION BY'),
    ttl: clause('TTL'),
  };
}

function withAdded(table: DocumentedTable, changes: string): DocumentedTable {
  const columns = [...table.columns];
  for (const [, added = '', after = ''] of changes.matchAll(
    /ADD COLUMN IF NOT EXISTS (.+?)(?: AFTER (\w+))?,?$/gm,
  )) {
    const index = columns.findIndex(({ name }) => name === after);
    columns.splice(index < 0 ? columns.length : index + 1, 0, columnOf(added));
  }
  return { ...table, columns };
}

/** `name Type(with, its (own) parts) CODEC(…),` → its name and type. */
function columnOf(line: string): { name: string; type: string } {
  const [, name = '', rest = ''] = /^(\w+) (.+?),?$/.exec(line) ?? [];
  const spaces = [...rest.matchAll(/ /g)].map(({ index }) => index);
  const end = spaces.find((index) => depthAt(rest, index) === 0) ?? rest.length;
  return { name, type: rest.slice(0, end) };
}

function depthAt(text: string, index: number): number {
  const before = text.slice(0, index);
  return before.split('(').length - before.split(')').length;
}
