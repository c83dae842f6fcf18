import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessStatements, schemaStatements } from '../clickhouse/operations-sql';
import { withBetweenMarkers } from './between-markers';
import { EXAMPLE, operationsSql } from './operations-sql';

it('docs/operations.md has the SQL that the code gives', () => {
  const text = readFileSync(join(__dirname, '../docs/operations.md'), 'utf8');
  expect(withBetweenMarkers(text, 'docs:operations', operationsSql(EXAMPLE))).toBe(text);
});

it('makes every table of a cluster a replicated one, everywhere', () => {
  const statements = schemaStatements(EXAMPLE);
  const tables = statements.filter((statement) => statement.startsWith('CREATE TABLE'));
  expect(tables.length).toBeGreaterThan(9);
  for (const statement of statements) {
    expect(statement).toMatch(/^(CREATE|ALTER) [A-Z ]+ \w+ ON CLUSTER vkyc_cluster\b/);
    expect(statement).not.toMatch(/[{}]/);
  }
  for (const table of tables) expect(table).toMatch(/ENGINE = ReplicatedReplacingMergeTree\b/);
});

it('makes plain tables of one server', () => {
  const statements = schemaStatements({ database: 'vkyc', cluster: '' }).join('\n');
  expect(statements).not.toMatch(/ON CLUSTER|Replicated[A-Z]|[{}]/);
});

it('locks every table that has a tenant', () => {
  const locked = accessStatements(EXAMPLE).flatMap(
    (statement) => /ROW POLICY IF NOT EXISTS tenant_(\w+)/.exec(statement)?.[1] ?? [],
  );
  const tenants = schemaStatements(EXAMPLE).flatMap(
    (statement) => /^CREATE TABLE IF NOT EXISTS (\w+)[^]*\bouid /.exec(statement)?.[1] ?? [],
  );
  expect(locked).toEqual(tenants);
  expect(locked).toContain('activity_log');
});

it.each(['a b', "a'", 'a;DROP', '1a'])('takes no cluster called %s', (cluster) => {
  expect(() => schemaStatements({ database: 'vkyc', cluster })).toThrow('not an identifier');
});
