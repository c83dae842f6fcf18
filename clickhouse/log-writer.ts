import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { LogRow } from '../src/domain/log-row';
import type { InsertRows } from './client';
import { codeOf, LogUnavailableError } from './errors';
import { insertIsolating } from './isolate';
import { COLUMN_NAMES, type Columns, toColumns } from './log-columns';
import { describe, QUARANTINE_COLUMNS, quarantineColumns, type QuarantinedRow } from './quarantine';

export interface LogWriterOptions {
  readonly insert: InsertRows;
  /** Told of each row that went into quarantine, for a metric and an alert. Must not throw. */
  readonly onQuarantine?: (row: QuarantinedRow) => void;
  /** A group takes whole calls until it has this many rows or bytes. */
  readonly maxRows?: number;
  readonly maxBytes?: number;
  /**
   * At least so long from one insert's start to the next's, ms: an insert costs ClickHouse about the
   * same with one row as with a hundred. Default 0: who waits for the answer wants it now.
   */
  readonly gapMs?: number;
}

/** Small enough to stay under 10 MiB, where ClickHouse begins to parse one insert in parallel. */
const MAX_ROWS = 5_000;
const MAX_BYTES = 5_000_000;
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

interface Call {
  readonly items: Item[];
  /** Rows that need not be tried: the log has no place for one of their values. */
  readonly refused: Refused[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Group commit: the rows of calls that come while an insert is under way go into the next one
 * together, and each call returns when its own rows are in. One insert at a time for one writer:
 * ClickHouse wants few large ones.
 */
export class LogWriter {
  private queue: Call[] = [];
  private running: Promise<void> | undefined;
  private closed = false;
  private lastInsertAt = -Infinity;

  constructor(private readonly options: LogWriterOptions) {}

  /**
   * Resolves when every row is in the log, or in quarantine because it can never be in the log.
   * Rows may be written again: they are the same rows then.
   *
   * @throws LogUnavailableError when some of the rows did not go in; repeat the call with all.
   */
  write(rows: readonly LogRow[]): Promise<void> {
    if (this.closed) return Promise.reject(new LogUnavailableError('WRITER_CLOSED'));
    if (rows.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.queue.push(toCall(rows, resolve, reject));
      this.running ??= this.drain();
    });
  }

  /** Takes no more rows; resolves when all that were taken are answered. */
  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      await this.gather();
      const group = this.nextGroup();
      try {
        await this.commit(group);
      } catch (error) {
        // Nothing is known about these rows, and nothing is lost by writing them again.
        for (const call of group) call.reject(new LogUnavailableError(codeOf(error)));
      }
    }
    this.running = undefined;
  }

  /** Calls made in the same turn belong together, and on a busy writer those of the next moment. */
  private async gather(): Promise<void> {
    // Not the wall clock: set back, it would hold the rows for as long.
    const { gapMs = 0 } = this.options;
    const wait = this.closed ? 0 : this.lastInsertAt + gapMs - performance.now();
    await (wait > 0 ? sleep(wait) : setImmediate());
    this.lastInsertAt = performance.now();
  }

  private nextGroup(): Call[] {
    const { maxRows = MAX_ROWS, maxBytes = MAX_BYTES } = this.options;
    let rows = 0;
    let bytes = 0;
    const end = this.queue.findIndex((call, index) => {
      rows += call.items.length;
      bytes += call.bytes;
      return index > 0 && (rows > maxRows || bytes > maxBytes);
    });
    return this.queue.splice(0, end === -1 ? this.queue.length : end);
  }

  private async commit(group: readonly Call[]): Promise<void> {
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
    for (const call of group) {
      const why = unsettled.get(call);
      if (why === undefined) call.resolve();
      else call.reject(new LogUnavailableError(why));
    }
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

function toCall(rows: readonly LogRow[], resolve: Call['resolve'], reject: Call['reject']): Call {
  const items: Item[] = [];
  const refused: Refused[] = [];
  let bytes = 0;
  const call: Call = {
    items,
    refused,
    get bytes() {
      return bytes;
    },
    resolve,
    reject,
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
