import type { InsertRows } from '../../clickhouse/client';
import { COLUMN_NAMES, toColumns } from '../../clickhouse/log-columns';
import type { LogRow } from '../../src/domain/log-row';
import type { Activities } from '../../workflows/contracts';

/** What a journey needs of the product's activities. */
type JourneyActivities = Pick<Activities, 'record' | 'openRoom' | 'closeRoom' | 'verifyToken'>;

/** The same, and the naive variant's own. */
export interface BenchActivities extends JourneyActivities {
  /** One row, one insert. */
  insertRow(row: LogRow): Promise<void>;
}

/** What went to ClickHouse since the worker started. */
export interface InsertCounts {
  readonly inserts: number;
  readonly rows: number;
}

/** An insert that counts: each call is one request to ClickHouse. */
export class CountedInserts {
  counts: InsertCounts = { inserts: 0, rows: 0 };

  constructor(private readonly insert: InsertRows) {}

  readonly into: InsertRows = (table, columns, rows) => {
    const { inserts, rows: before } = this.counts;
    this.counts = { inserts: inserts + 1, rows: before + rows.length };
    return this.insert(table, columns, rows);
  };

  readonly insertRow = (row: LogRow): Promise<void> =>
    this.into('activity_log', COLUMN_NAMES, [toColumns(row)]);
}
