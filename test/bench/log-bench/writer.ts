import {
  createLogClient,
  insertInto,
  type InsertRows,
  type LogClient,
} from '../../../clickhouse/client';
import { COLUMN_NAMES, toColumns } from '../../../clickhouse/log-columns';
import { LogWriter } from '../../../clickhouse/log-writer';
import { migrate } from '../../../clickhouse/migrate';
import type { LogRow } from '../../../src/domain/log-row';
import { INSERT_GAP_MS } from '../../../workers/worker';
import { compared, type MeasuredFigure } from '../figures';

/** Rows of one `record` call: what a step of a profile leaves (docs/bench.md: 40 rows, 21 commands). */
const ROWS_OF_A_CALL = 2;
const AT_ONCE = [1, 50, 500] as const;
/** With one at a time some hundred calls are enough to count. */
const CALLS = { 1: 300, 50: 10_000, 500: 10_000 } as const;
/** The same as the worker writes, which waits between two inserts. */
const CALLS_OF_WORKER = { 1: 30, 50: 1_500, 500: 10_000 } as const;

interface Pass {
  readonly rowsPerSecond: number;
  readonly inserts: number;
  readonly calls: number;
}

/**
 * The group-commit writer against raw inserts of the same rows, as many in each as the writer had on
 * the average; and how many inserts a thousand calls need.
 */
export async function writerFigures(
  url: string,
  rows: readonly LogRow[],
  rounds: number,
  say: (line: string) => void,
): Promise<MeasuredFigure[]> {
  const passes: Record<number, { own: Pass[]; raw: number[]; perThousand: number[] }> = {};
  for (const atOnce of AT_ONCE) passes[atOnce] = { own: [], raw: [], perThousand: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const atOnce of AT_ONCE) {
      const used = rows.slice(0, CALLS[atOnce] * ROWS_OF_A_CALL);
      const own = await inFreshTables(url, (insert) => write(insert, used, atOnce, 0));
      const size = Math.max(1, Math.round(used.length / own.inserts));
      const raw = await inFreshTables(url, (insert) => insertRaw(insert, used, size));
      const few = rows.slice(0, CALLS_OF_WORKER[atOnce] * ROWS_OF_A_CALL);
      const { inserts, calls } = await inFreshTables(url, (insert) =>
        write(insert, few, atOnce, INSERT_GAP_MS),
      );
      passes[atOnce]?.perThousand.push((inserts * 1_000) / calls);
      passes[atOnce]?.own.push(own);
      passes[atOnce]?.raw.push(raw);
      say(
        `round ${round + 1}, ${atOnce} at once: ${Math.round(own.rowsPerSecond)} rows/s in inserts of ${size}, raw ${Math.round(raw)} rows/s`,
      );
    }
  }
  return AT_ONCE.flatMap((atOnce) => {
    const { own = [], raw = [], perThousand = [] } = passes[atOnce] ?? {};
    const name = (figure: string, unit: string) => ({ bench: 'log', figure, unit }) as const;
    return [
      compared(
        name(`writer-vs-raw-${atOnce}`, 'rows/s'),
        own.map(({ rowsPerSecond }) => rowsPerSecond),
        raw,
      ),
      compared(
        name(`inserts-per-1000-calls-${atOnce}`, 'inserts'),
        perThousand,
        perThousand.map(() => 1_000),
      ),
    ];
  });
}

async function write(
  insert: InsertRows,
  rows: readonly LogRow[],
  atOnce: number,
  gapMs: number,
): Promise<Pass> {
  let inserts = 0;
  const writer = new LogWriter({
    gapMs,
    insert: (...given) => {
      inserts += 1;
      return insert(...given);
    },
  });
  const calls = Array.from({ length: Math.floor(rows.length / ROWS_OF_A_CALL) }, (_, i) =>
    rows.slice(i * ROWS_OF_A_CALL, (i + 1) * ROWS_OF_A_CALL),
  );
  const waiting = calls.values();
  const began = performance.now();
  const worker = async (): Promise<void> => {
    for (const call of waiting) await writer.write(call);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await writer.close();
  const seconds = (performance.now() - began) / 1_000;
  return { rowsPerSecond: rows.length / seconds, inserts, calls: calls.length };
}

/** @returns rows a second */
async function insertRaw(
  insert: InsertRows,
  rows: readonly LogRow[],
  size: number,
): Promise<number> {
  const columns = rows.map(toColumns);
  const began = performance.now();
  for (let i = 0; i < columns.length; i += size) {
    await insert('activity_log', COLUMN_NAMES, columns.slice(i, i + size));
  }
  return rows.length / ((performance.now() - began) / 1_000);
}

async function inFreshTables<T>(
  url: string,
  run: (insert: InsertRows, client: LogClient) => Promise<T>,
): Promise<T> {
  const options = { url, database: `bench_${crypto.randomUUID().slice(0, 8)}` };
  await migrate(options);
  const client = createLogClient({ ...options, requestTimeout: 60_000 });
  try {
    return await run(insertInto(client), client);
  } finally {
    await client.command({ query: `DROP DATABASE ${options.database}` });
    await client.close();
  }
}
