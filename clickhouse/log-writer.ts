import type { LogRow } from '../src/domain/log-row';
import type { InsertRows } from './client';
import { codeOf, LogUnavailableError } from './errors';
import { type Batch, GroupCommit, type GroupOptions } from './group-commit';
import { insertIsolating } from './isolate';
import { COLUMN_NAMES, type Columns, toColumns } from './log-columns';
import { describe, QUARANTINE_COLUMNS, quarantineColumns, type QuarantinedRow } from './quarantine';

export interface LogWriterOptions extends GroupOptions {
  readonly insert: InsertRows;
  /** Told of each row that went into quarantine, for a metric and an alert. Must not throw. */
  readonly onQuarantine?: (row: QuarantinedRow) => void;
}

/** What a row's ids, codes and column names need beside its details; an estimate is enough. */
const ROW_BYTES = 1_200;

interface Item {
  readonly call: Call;
  readonly row: LogRow;
  readonly columns: Columns;
}

interface Refused {
  readonly call: Call;
  readonly row: LogRow;
  readonly error: unknown;
}

interface Call extends Batch {
  readonly items: Item[];
  /** Rows that need not be tried: the log has no place for one of their values. */
  readonly refused: Refused[];
}

/** Writes rows into the log in groups, and those that can never be in it into quarantine. */
export class LogWriter {
  private readonly groups: GroupCommit<Call>;
  private closed = false;

  constructor(private readonly options: LogWriterOptions) {
    this.groups = new GroupCommit(async (group) => {
      try {
        return await this.commit(group);
      } catch (error) {
        // Nothing is known about these rows, and nothing is lost by writing them again.
        throw new LogUnavailableError(codeOf(error));
      }
    }, options);
  }

  /**
   * Resolves when every row is in the log, or in quarantine because it can never be in the log.
   * Rows may be written again: they are the same rows then.
   *
   * @throws LogUnavailableError when some of the rows did not go in; repeat the call with all.
   */
  write(rows: readonly LogRow[]): Promise<void> {
    if (this.closed) return Promise.reject(new LogUnavailableError('WRITER_CLOSED'));
    return rows.length === 0 ? Promise.resolve() : this.groups.add(toCall(rows));
  }

  /** Takes no more rows; resolves when all that were taken are answered. */
  async close(): Promise<void> {
    this.closed = true;
    await this.groups.settle();
  }

  /** The calls of which not every row went in. */
  private async commit(group: readonly Call[]): Promise<ReadonlyMap<Call, Error>> {
    const items = group.flatMap((call) => call.items);
    const { poisoned, failed, failure } = await this.insertAll(items);
    const refused = [
      ...group.flatMap((call) => call.refused),
      ...poisoned.map(({ item, error }) => ({ call: item.call, row: item.row, error })),
    ];
    const unsettled = new Map(failed.map(({ call }) => [call, failure]));
    if (refused.length > 0) {
      const why = await this.quarantine(refused);
      if (why !== undefined) for (const { call } of refused) unsettled.set(call, why);
    }
    return new Map([...unsettled].map(([call, why]) => [call, new LogUnavailableError(why)]));
  }

  private insertAll(items: readonly Item[]): ReturnType<typeof insertIsolating<Item>> {
    const insert = (slice: readonly Item[]): Promise<void> =>
      this.options.insert(
        'activity_log',
        COLUMN_NAMES,
        slice.map(({ columns }) => columns),
      );
    if (items.length > 0) return insertIsolating(items, insert);
    return Promise.resolve({ poisoned: [], failed: [], failure: '' });
  }

  /** Why the rows are not in quarantine; undefined when they are. */
  private async quarantine(refused: readonly Refused[]): Promise<string | undefined> {
    const found = refused.map(({ row, error }) => ({ row, why: describe(row, error) }));
    const columns = found.map(({ row, why }) => quarantineColumns(row, why));
    try {
      await this.options.insert('quarantine', QUARANTINE_COLUMNS, columns);
    } catch (error) {
      return `quarantine ${codeOf(error)}`;
    }
    for (const { why } of found) this.options.onQuarantine?.(why);
    return undefined;
  }
}

function toCall(rows: readonly LogRow[]): Call {
  const items: Item[] = [];
  const refused: Refused[] = [];
  let bytes = 0;
  const call: Call = {
    items,
    refused,
    get rows() {
      return items.length;
    },
    get bytes() {
      return bytes;
    },
  };
  for (const row of rows) {
    try {
      const columns = toColumns(row);
      bytes += ROW_BYTES + String(columns['details']).length;
      items.push({ call, row, columns });
    } catch (error) {
      refused.push({ call, row, error });
    }
  }
  return call;
}
