import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { createLogClient, type LogClient } from '../../../clickhouse/client';
import type { Config } from '../../config';
import type { RunRecord } from '../record/record-file';
import { checkCommands } from './command-checks';
import { checkLog } from './log-checks';
import { readLog } from './log-reader';
import { checkTables } from './table-checks';
import { checkTemporal } from './temporal-checks';

/** A whole organization's log is read at once. */
const REQUEST_MS = 60_000;
const AGAIN_MS = 1_000;

export interface Verification {
  /** One sentence each; empty when everything agrees. */
  readonly differences: readonly string[];
  /** What was compared. */
  readonly commands: number;
  readonly profiles: number;
  readonly events: number;
}

/**
 * Compares what the actors of a demo were told with the log, the tables that derive from it and
 * Temporal.
 *
 * @param settleMs how long differences may go away by themselves: the last rows of the desk are
 *   written after everybody has gone home.
 */
export async function verifyRecord(
  record: RunRecord,
  { clickhouse, temporal }: Pick<Config, 'clickhouse' | 'temporal'>,
  settleMs: number,
): Promise<Verification> {
  const log = createLogClient({ ...clickhouse, requestTimeout: REQUEST_MS });
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection, namespace: temporal.namespace });
  const end = Date.now() + settleMs;
  try {
    for (;;) {
      const verification = await compare(record, log, client);
      if (verification.differences.length === 0 || Date.now() > end) return verification;
      await sleep(AGAIN_MS);
    }
  } finally {
    await connection.close();
    await log.close();
  }
}

async function compare(record: RunRecord, client: LogClient, temporal: Client) {
  const { ouid, alone } = record.run;
  const log = await readLog(client, ouid);
  const told = record.commands.map(({ profileId }) => profileId).filter((id) => id !== '');
  const profileIds = [...new Set([...told, ...(alone ? log.profiles.keys() : [])])];
  const differences = [
    ...checkLog(ouid, log),
    ...checkCommands(record, log),
    ...(await checkTables(client, ouid, log)),
    ...(await checkTemporal(temporal, ouid, log, profileIds)),
  ];
  const events = [...log.profiles.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    differences,
    commands: record.commands.filter(({ kind }) => kind === 'ack').length,
    profiles: profileIds.length,
    events: events + log.desk.length,
  };
}
