import { Connection } from '@temporalio/client';
import { migrate } from '../../clickhouse/migrate';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/contracts';
import { loadConfig } from '../config';
import { registerSearchAttributes } from '../local/temporal/namespace';

/**
 * What servers of one's own need once before the first process of ours: the log's schema, and the
 * search attributes. Safe to run again; run it before each new version.
 */
async function main(): Promise<void> {
  const { temporal, clickhouse } = loadConfig();
  const applied = await migrate(clickhouse);
  const connection = await Connection.connect({ address: temporal.address });
  try {
    await registerSearchAttributes(connection, temporal.namespace, SEARCH_ATTRIBUTE_TYPES);
  } finally {
    await connection.close();
  }
  process.stdout.write(
    `set up: ${applied.length} migrations applied, search attributes registered\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`setup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
