import fc from 'fast-check';
import { QualityRepository } from '../../clickhouse/quality.repository';
import type { LogRow } from '../../src/domain/log-row';
import type { QualitySample } from '../../src/domain/video/quality';
import { dice } from '../support/profile-driver';
import type { Dice } from '../support/profile-moves';
import { Coverage, runProfile } from '../support/profile-run';
import { startLog, type TestLog } from './log-fixture';

/** What one random journey wrote. */
class Written extends Coverage {
  readonly rows: LogRow[] = [];

  override seeRow(row: LogRow): void {
    super.seeRow(row);
    this.rows.push(row);
  }
}

/** Each row at least once, some more often, in any order, in inserts of any size. */
interface Arrivals {
  readonly order: readonly number[];
  readonly again: readonly number[];
  readonly sizes: readonly number[];
}

const arrivals: fc.Arbitrary<Arrivals> = fc.record({
  order: fc.array(fc.nat({ max: 9_999 }), { minLength: 7, maxLength: 31 }),
  again: fc.array(fc.nat({ max: 9_999 }), { maxLength: 60 }),
  sizes: fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 9 }),
});

function arriving(rows: readonly LogRow[], { order, again, sizes }: Arrivals): LogRow[][] {
  const rank = (i: number): number => ((order[i % order.length] ?? 0) * (i + 7)) % 10_007;
  const shuffled = rows.map((row, i) => ({ row, at: rank(i) })).sort((a, b) => a.at - b.at);
  const all = [
    ...shuffled.map(({ row }) => row),
    ...again.flatMap((n) => rows[n % rows.length] ?? []),
  ];
  const batches: LogRow[][] = [];
  for (let from = 0, n = 0; from < all.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    batches.push(all.slice(from, (from += size)));
  }
  return batches;
}

type Counts = Record<string, number>;

/** How many things are how, by the newest event that is about each. */
function counted(
  rows: readonly LogRow[],
  keyOf: (row: LogRow) => string,
  howOf: (row: LogRow) => unknown,
): Counts {
  const newest = new Map<string, LogRow>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== '' && row.seq > (newest.get(key)?.seq ?? 0)) newest.set(key, row);
  }
  const counts: Counts = {};
  for (const row of newest.values()) {
    const how = String(howOf(row));
    counts[how] = (counts[how] ?? 0) + 1;
  }
  return counts;
}

const part = ({ details }: LogRow, name: string): Record<string, unknown> =>
  (details[name] ?? {}) as Record<string, unknown>;
const text = (...values: unknown[]): string => values.map(String).join(' ');

/** Each with the SQL and with the count in memory that has to say the same. */
const QUESTIONS: readonly {
  readonly sql: string;
  readonly inMemory: (rows: readonly LogRow[]) => Counts;
}[] = [
  {
    sql: "SELECT concat(profile_status, ' ', reason, ' ', toString(attempt)) AS how FROM profiles FINAL",
    inMemory: (rows) =>
      counted(
        rows,
        (row) => row.profileId,
        (row) => text(row.profileStatus, row.reason, row.attempt),
      ),
  },
  {
    sql: "SELECT concat(verdict, ' ', review_verdict, ' ', template_id) AS how FROM tasks FINAL",
    inMemory: (rows) =>
      counted(
        rows,
        (row) => (row.details['task'] ? `${row.profileId} ${row.taskId}` : ''),
        (row) => {
          const task = part(row, 'task');
          return text(task['verdict'], task['reviewVerdict'], task['templateId']);
        },
      ),
  },
  {
    sql: "SELECT concat(room, ' ', end_why, ' ', end_party, ' ', recording) AS how FROM av_sessions FINAL",
    inMemory: (rows) =>
      counted(
        rows,
        (row) => (row.eventType.startsWith('av.') ? `${row.profileId} ${row.avSessionId}` : ''),
        (row) => {
          const av = part(row, 'av');
          return text(av['room'], av['endWhy'], av['endParty'], av['recording']);
        },
      ),
  },
  {
    sql: 'SELECT event_type AS how FROM activity_log FINAL',
    inMemory: (rows) =>
      counted(
        rows,
        (row) => `${row.profileId} ${row.seq}`,
        (row) => row.eventType,
      ),
  },
];

let log: TestLog;
let runs = 0;
beforeAll(async () => {
  log = await startLog();
});
afterAll(() => log.stop());

async function answerOf(sql: string, ouid: string): Promise<Counts> {
  const found = await log.rows<{ how: string; n: number }>(
    `SELECT how, toUInt32(count()) AS n FROM (${sql} WHERE ouid = '${ouid}') GROUP BY how`,
  );
  return Object.fromEntries(found.map(({ how, n }) => [how, n]));
}

/** Journeys of an organization of their own, as their machines wrote them. */
function journeys(ouid: string, of: readonly (readonly Dice[])[]): LogRow[] {
  return of.flatMap((steps, n) => {
    const written = new Written();
    runProfile(steps, written);
    const profileId = `${ouid}-${n}`;
    return written.rows.map((row) => ({ ...row, ouid, profileId, streamId: profileId }));
  });
}

it('counts the same as memory does, however often and in whatever order and batches rows come', async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(dice, { minLength: 30, maxLength: 150, size: 'max' }), {
        minLength: 2,
        maxLength: 4,
      }),
      arrivals,
      async (steps, coming) => {
        const ouid = `exact-${++runs}`;
        const rows = journeys(ouid, steps);
        most = Math.max(most, rows.length);
        for (const batch of arriving(rows, coming)) await log.writer.write(batch);
        for (const { sql, inMemory } of QUESTIONS) {
          expect({ sql, counts: await answerOf(sql, ouid) }).toEqual({
            sql,
            counts: inMemory(rows),
          });
        }
      },
    ),
    { numRuns: 8, seed: 20261123, endOnFailure: true },
  );
  expect(most).toBeGreaterThan(100);
}, 240_000);

it('puts a recording that comes a month late where it belongs', async () => {
  const rows = journeys('late', [
    Array.from({ length: 40 }, (_, i) => ({ pick: i, wait: i, a: i, b: i })),
  ]);
  const [first] = rows;
  if (!first) throw new Error('a journey without an event');
  const avSessionId = 'late.1';
  const at = (seq: number, day: number, recording: string): LogRow => ({
    ...first,
    seq,
    eventType: 'av.recorded',
    occurredAt: new Date(Date.UTC(2026, 2, day)).toISOString(),
    avSessionId,
    details: { av: { recording, room: 'LOCKED' } },
  });
  // The newest is in a month of its own, and comes before the older ones.
  await log.writer.write([at(9_003, 45, 'FOUND')]);
  await log.writer.write([at(9_001, 2, 'EXPECTED'), at(9_002, 3, 'RUNNING')]);
  expect(
    await log.rows(
      `SELECT recording, toUInt32(seq) AS seq FROM av_sessions FINAL WHERE ouid = 'late' AND av_session_id = '${avSessionId}'`,
    ),
  ).toEqual([{ recording: 'FOUND', seq: 9_003 }]);
});

it('counts a sample once, in whatever batches it comes', async () => {
  const quality = new QualityRepository(log.client);
  const origin = { profileId: 'q', avSessionId: 'q.1', who: 'CUSTOMER' } as const;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ at: fc.nat({ max: 200 }), score: fc.integer({ min: 0, max: 5 }) }), {
        minLength: 1,
        maxLength: 60,
      }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
      async (seen, sizes) => {
        const ouid = `quality-${++runs}`;
        // One side says one thing at one time: another score for it is not a sample it can send.
        const byTime = new Map(seen.map(({ at, score }) => [at, score]));
        const samples = [...byTime].map(([at, score]): QualitySample => ({
          at: Date.UTC(2026, 2, 1) + at,
          kind: 'NETWORK',
          score,
        }));
        const twice = [...samples, ...samples.slice().reverse()];
        for (let from = 0, n = 0; from < twice.length; n++) {
          const size = sizes[n % sizes.length] ?? 1;
          await quality.store(ouid, origin, twice.slice(from, (from += size)));
        }
        expect(await quality.count(ouid, origin)).toBe(byTime.size);
      },
    ),
    { numRuns: 10, seed: 20261123 },
  );
});
