import { readMigrations, renderStatement } from './migration-files';

/** A ClickHouse of one's own. */
export interface Operated {
  readonly database: string;
  /** '' = one server. */
  readonly cluster: string;
  /** What the users' names begin with; `vkyc` if not given. */
  readonly users?: string;
}

export interface OperatedUsers {
  readonly migrate: string;
  readonly worker: string;
  readonly api: string;
}

export function usersOf({ users = 'vkyc' }: Operated): OperatedUsers {
  return { migrate: `${users}_migrate`, worker: `${users}_worker`, api: `${users}_api` };
}

/** The setting by which a reader says whose rows he reads; the server must allow the prefix `SQL_`. */
export const TENANT_SETTING = 'SQL_ouid';

/** Tables that every organization has rows in: each gets the second lock. */
function tenantTables(): string[] {
  const statements = readMigrations().flatMap((migration) => migration.statements);
  return statements.flatMap((statement) => {
    const [, table] = /^CREATE TABLE IF NOT EXISTS (\w+) [^]*?\n {2}ouid /.exec(statement) ?? [];
    return table === undefined ? [] : [table];
  });
}

/**
 * Three users: one for the migrations, one for workers, one for API processes. Passwords are set by who
 * runs this (`ALTER USER … IDENTIFIED BY`). An API process can read nothing without saying whose: a
 * second lock behind the conditions of our statements; it keeps out a mistake, not an attacker who has
 * the process.
 */
export function accessStatements(operated: Operated): string[] {
  const { database, cluster } = operated;
  const { migrate, worker, api } = usersOf(operated);
  const on = cluster === '' ? '' : ` ON CLUSTER ${cluster}`;
  const user = (name: string, settings = ''): string =>
    `CREATE USER IF NOT EXISTS ${name}${on} HOST ANY${settings}`;
  const grant = (what: string, name: string): string => `GRANT${on} ${what} TO ${name}`;
  return [
    user(migrate),
    user(worker),
    user(api, ` SETTINGS ${TENANT_SETTING} = ''`),
    grant(`ALL ON ${database}.*`, migrate),
    grant(`SELECT, INSERT, ALTER DELETE ON ${database}.*`, worker),
    grant(`SELECT ON ${database}.*`, api),
    ...['activity_log', 'quarantine', 'call_quality'].map((table) =>
      grant(`INSERT ON ${database}.${table}`, api),
    ),
    ...tenantTables().flatMap((table) => [
      `CREATE ROW POLICY IF NOT EXISTS tenant_${table}${on} ON ${database}.${table}
  FOR SELECT USING ouid = getSetting('${TENANT_SETTING}') TO ${api}`,
      // With a policy on a table, who has none of his own sees nothing of it.
      `CREATE ROW POLICY IF NOT EXISTS all_${table}${on} ON ${database}.${table}
  FOR SELECT USING 1 TO ${worker}, ${migrate}`,
    ]),
  ];
}

/** A full backup, one on top of it, and both back under another name, to try it before it is needed. */
export function backupStatements({ database, cluster }: Operated): string[] {
  const on = cluster === '' ? '' : ` ON CLUSTER ${cluster}`;
  const at = (name: string): string => `Disk('backups', '${name}')`;
  return [
    `BACKUP DATABASE ${database}${on} TO ${at('full.zip')}`,
    `BACKUP DATABASE ${database}${on} TO ${at('increment.zip')}
  SETTINGS base_backup = ${at('full.zip')}`,
    `RESTORE DATABASE ${database} AS ${database}_restored${on} FROM ${at('increment.zip')}`,
  ];
}

/** The schema as `migrate` sends it. */
export function schemaStatements({ cluster }: Operated): string[] {
  return readMigrations().flatMap(({ statements }) =>
    statements.map((statement) => renderStatement(statement, cluster)),
  );
}
