import type { LogRow } from '../src/domain/log-row';
import { recordRows } from './machine-shell';

/** Rows that a desk could not take along into its next run: ClickHouse is down, and they wait here. */
export async function logRowsWorkflow(rows: readonly LogRow[]): Promise<void> {
  await recordRows(rows);
}
