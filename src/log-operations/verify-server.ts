import { select, type LogClient } from '../../clickhouse/client';
import { migrate } from '../../clickhouse/migrate';
import { backupStatements } from '../../clickhouse/operations-sql';
import { Scratch, type Admin } from './scratch';

const OWN = 'verify-own';
const OTHER = 'verify-other';
/** ClickHouse's code of "not enough privileges". */
const ACCESS_DENIED = '497';

interface Check {
  readonly what: string;
  /** Throws, or returns what is wrong. */
  readonly find: (scratch: Scratch) => Promise<string | undefined>;
  /** The others make no sense without it. */
  readonly basis?: true;
}

/** What docs/operations.md says of a server of one's own, in the order in which it is set up. */
const CHECKS: readonly Check[] = [
  { what: 'users, grants and row policies', basis: true, find: done((s) => s.makeUsers()) },
  { what: 'migrations as the migrator', basis: true, find: done((s) => migrate(s.migrator)) },
  { what: 'events as a worker', basis: true, find: done((s) => s.writeEvents([OWN, OTHER])) },
  { what: 'replicated tables where there is a cluster', find: engines },
  {
    what: 'an API process that says whose rows it reads sees those alone',
    find: (s) => seen(s.as('api', true), { ouid: OWN }, [OWN]),
  },
  {
    what: 'an API process that does not say it sees none',
    find: (s) => seen(s.as('api'), {}, []),
  },
  {
    what: 'a worker sees the rows of all',
    find: (s) => seen(s.as('worker'), {}, [OTHER, OWN]),
  },
  {
    what: 'an API process cannot change a current state',
    find: (s) => denied(s, 'api', 'ALTER TABLE profiles DELETE WHERE 1'),
  },
  {
    what: 'a worker cannot drop a table',
    find: (s) => denied(s, 'worker', 'DROP TABLE profiles'),
  },
];

const BACKUP: Check = {
  what: 'backup, backup on top of it, and both back under another name',
  find: restored,
};

/**
 * Tries the statements of docs/operations.md on a real server: in a database and with users of their
 * own, that are removed afterwards. Returns whether all of it held.
 */
export async function verifyServer(
  server: Admin,
  withBackup: boolean,
  say: (line: string) => void,
): Promise<boolean> {
  const scratch = new Scratch(server);
  let failures = 0;
  try {
    for (const check of withBackup ? [...CHECKS, BACKUP] : CHECKS) {
      const wrong = await found(check, scratch);
      say(`${wrong === undefined ? 'yes' : 'NO '}  ${check.what}`);
      if (wrong === undefined) continue;
      say(`     ${wrong}`);
      failures += 1;
      if (check.basis) {
        say('     what comes after it was not tried');
        break;
      }
    }
  } finally {
    await scratch.remove();
  }
  return failures === 0;
}

async function found({ find }: Check, scratch: Scratch): Promise<string | undefined> {
  try {
    return await find(scratch);
  } catch (error) {
    // The first line: what follows repeats the statement.
    return String(error instanceof Error ? error.message : error).split('\n')[0];
  }
}

function done(act: (scratch: Scratch) => Promise<unknown>): Check['find'] {
  return async (scratch) => {
    await act(scratch);
    return undefined;
  };
}

async function seen(
  client: LogClient,
  params: Readonly<Record<string, string>>,
  wanted: readonly string[],
): Promise<string | undefined> {
  const rows = await select<{ ouid: string }>(
    client,
    'SELECT DISTINCT ouid FROM activity_log ORDER BY ouid',
    params,
  );
  const ouids = rows.map(({ ouid }) => ouid).join(', ');
  return ouids === wanted.join(', ') ? undefined : `it sees: ${ouids || 'nothing'}`;
}

async function denied(
  scratch: Scratch,
  user: 'api' | 'worker',
  statement: string,
): Promise<string | undefined> {
  try {
    await scratch.run([statement], scratch.as(user));
  } catch (error) {
    if ((error as { code?: unknown }).code === ACCESS_DENIED) return undefined;
    throw error;
  }
  return 'it was allowed';
}

async function engines(scratch: Scratch): Promise<string | undefined> {
  const { cluster, database } = scratch.operated;
  const tables = await select<{ name: string; engine: string }>(
    scratch.as('migrate'),
    `SELECT name, engine FROM system.tables
     WHERE database = {database:String} AND engine LIKE '%MergeTree'`,
    { database },
  );
  const wrong = tables.filter(({ engine }) => engine.startsWith('Replicated') !== (cluster !== ''));
  if (tables.length === 0) return 'there are no tables';
  return wrong.length === 0
    ? undefined
    : wrong.map(({ name, engine }) => `${name} ${engine}`).join(', ');
}

async function restored(scratch: Scratch): Promise<string | undefined> {
  const { database } = scratch.operated;
  // Of this run alone: a disk does not overwrite a backup.
  const own = (statement: string): string =>
    statement.replace(/'(full|increment)\.zip'/g, `'${database}-$1.zip'`);
  await scratch.run(backupStatements(scratch.operated).map(own));
  const [counts] = await select<{ before: string; after: string }>(
    scratch.as('migrate'),
    `SELECT (SELECT count() FROM ${database}.activity_log) AS before,
      (SELECT total_rows FROM system.tables
       WHERE database = '${database}_restored' AND name = 'activity_log') AS after`,
    {},
  );
  if (counts && counts.before === counts.after) return undefined;
  return `${counts?.before ?? '?'} events before, ${counts?.after ?? '?'} after`;
}
