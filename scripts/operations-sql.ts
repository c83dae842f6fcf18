import { accessStatements, backupStatements, type Operated } from '../clickhouse/operations-sql';

/** What the page shows: a cluster, whose statements have more in them. */
export const EXAMPLE: Operated = { database: 'vkyc', cluster: 'vkyc_cluster' };

/** The statements of one server or cluster, as Markdown. */
export function operationsSql(operated: Operated): string {
  return [
    '### Users, grants, row policies',
    sql(accessStatements(operated)),
    '### Backup and restore',
    sql(backupStatements(operated)),
  ].join('\n\n');
}

function sql(statements: readonly string[]): string {
  return `\`\`\`sql\n${statements.map((statement) => `${statement};`).join('\n')}\n\`\`\``;
}
