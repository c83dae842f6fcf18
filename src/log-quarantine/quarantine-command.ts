import { createLogClient } from '../../clickhouse/client';
import {
  QuarantineRepository,
  type Quarantined,
  type Replayed,
} from '../../clickhouse/quarantine.repository';
import type { Config } from '../config';
import type { QuarantineOptions } from './options';

/**
 * `npm run log:quarantine`: shows or replays the rows that the log could not take. Ids, codes and names
 * of columns are told, never what a row holds.
 *
 * @returns the exit code: 1 when rows stay in quarantine.
 */
export async function quarantineCommand(
  options: QuarantineOptions,
  clickhouse: Config['clickhouse'],
  out: (line: string) => void,
): Promise<0 | 1> {
  const client = createLogClient(clickhouse);
  try {
    const rows = new QuarantineRepository(client);
    if (options.act === 'replay') {
      const { ouid, eventId, mended } = options;
      return tellReplay(await rows.replay({ ouid, eventId }, mended), out);
    }
    const found = await rows.list({ ouid: options.ouid });
    for (const row of found) out(lineOf(row));
    out(`${found.length} in quarantine`);
    return found.length > 0 ? 1 : 0;
  } finally {
    await client.close();
  }
}

function tellReplay({ replayed, refused }: Replayed, out: (line: string) => void): 0 | 1 {
  for (const row of refused) out(`still refused: ${lineOf(row)}`);
  out(`${replayed.length} replayed, ${refused.length} still in quarantine`);
  return refused.length > 0 ? 1 : 0;
}

function lineOf(row: Quarantined): string {
  const where = row.errorColumn === '' ? '' : ` (${row.errorColumn})`;
  const which = `${row.ouid} ${row.stream}/${row.streamId} ${row.seq} ${row.eventType}`;
  return `${row.eventId}  ${row.quarantinedAt}  ${which}: ${row.errorCode}${where}`;
}
