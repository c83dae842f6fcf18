import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { LogRow } from '../src/domain/log-row';
import type { logRowsWorkflow } from './log-rows.workflow';

/** Some 55 kB beside the state of a full desk (src/domain/desk/carried.ts) in a payload of 2 MB. */
const MOST_CARRIED = 50;
/** Some 1.1 MB. */
const ROWS_PER_RUN = 1_000;

/**
 * While ClickHouse is down a desk's rows pile up, and a run that carries more than 2 MB is ended by
 * Temporal: what is too much gets runs of its own. Answers the last `seq` that was put away, 0 if none.
 */
export async function parkRows(ouid: string, pending: readonly LogRow[]): Promise<number> {
  const rows = pending.length > MOST_CARRIED ? [...pending] : [];
  for (let from = 0; from < rows.length; from += ROWS_PER_RUN) {
    const part = rows.slice(from, from + ROWS_PER_RUN);
    await startChild<typeof logRowsWorkflow>('logRowsWorkflow', {
      workflowId: `log-rows/${ouid}/${part[0]?.seq ?? 0}`,
      args: [part],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  }
  return rows.at(-1)?.seq ?? 0;
}
