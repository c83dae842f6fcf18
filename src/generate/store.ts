import { setImmediate as breathe } from 'node:timers/promises';
import { insertInto, type LogClient } from '../../clickhouse/client';
import { COLUMN_NAMES, toColumns } from '../../clickhouse/log-columns';
import type { LogRow } from '../domain/log-row';

/** Rows of one insert: more cost ClickHouse nothing, and us the memory. */
const ROWS = 10_000;

/** Writes rows in large inserts, the next ones made while the last go in. */
export class PastStore {
  private waiting: LogRow[] = [];
  private going: Promise<void> = Promise.resolve();

  constructor(private readonly client: LogClient) {}

  async add(rows: readonly LogRow[]): Promise<void> {
    this.waiting.push(...rows);
    if (this.waiting.length >= ROWS) await this.send();
    else await breathe();
  }

  /** Resolves when everything is in. */
  async end(): Promise<void> {
    if (this.waiting.length > 0) await this.send();
    await this.going;
  }

  private async send(): Promise<void> {
    await this.going;
    const rows = this.waiting.map(toColumns);
    this.waiting = [];
    this.going = insertInto(this.client)('activity_log', COLUMN_NAMES, rows);
    // Awaited with the next ones, or at the end.
    this.going.catch(() => undefined);
    await breathe();
  }
}
