import { ClickHouseError } from '@clickhouse/client';
import { profileRow } from '../test/engine/log-rows';
import type { LogRow } from '../src/domain/log-row';
import { LogUnavailableError } from './errors';
import { LogWriter, type LogWriterOptions } from './log-writer';
import type { QuarantinedRow } from './quarantine';

type Row = Readonly<Record<string, unknown>>;

/** An engine that answers when it is told to, and refuses rows by a rule. */
class FakeEngine {
  readonly inserts: { table: string; rows: readonly Row[] }[] = [];
  inFlight = 0;
  mostInFlight = 0;
  refusal: (table: string, rows: readonly Row[]) => Error | undefined = () => undefined;

  readonly insert = async (
    table: string,
    _columns: readonly string[],
    rows: readonly object[],
  ): Promise<void> => {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await new Promise(setImmediate);
    this.inFlight--;
    this.inserts.push({ table, rows: rows as readonly Row[] });
    const error = this.refusal(table, rows as readonly Row[]);
    if (error) throw error;
    this.tables[table] = [...(this.tables[table] ?? []), ...(rows as readonly Row[])];
  };

  readonly tables: Record<string, readonly Row[]> = {};

  profiles(table = 'activity_log'): unknown[] {
    return (this.tables[table] ?? []).map((row) => row['stream_id']);
  }
}

const row = (profileId: string, fields: Partial<LogRow> = {}): LogRow =>
  profileRow({ ouid: 'acme', profileId, seq: 1, ...fields });

const clickHouseError = (code: string, type: string): ClickHouseError =>
  new ClickHouseError({ message: 'Cannot parse: SECRET', code, type });

const refuse =
  (error: Error, ...profileIds: string[]): FakeEngine['refusal'] =>
  (table, rows) =>
    table === 'activity_log' && rows.some((r) => profileIds.includes(String(r['stream_id'])))
      ? error
      : undefined;

const ids = (n: number): string[] => Array.from({ length: n }, (_, i) => `p${i}`);

describe('LogWriter', () => {
  let engine: FakeEngine;
  const writerWith = (options: Partial<LogWriterOptions> = {}): LogWriter =>
    new LogWriter({ insert: engine.insert, ...options });
  const outcomes = (calls: Promise<void>[]): Promise<string[]> =>
    Promise.allSettled(calls).then((all) => all.map(({ status }) => status));

  beforeEach(() => {
    engine = new FakeEngine();
  });

  it('groups the calls of one turn, and those that come during an insert', async () => {
    const writer = writerWith();
    const first = ids(50).map((id) => writer.write([row(id)]));
    await new Promise(setImmediate);
    const second = ids(50).map((id) => writer.write([row(id, { seq: 2 }), row(id, { seq: 3 })]));
    await Promise.all([...first, ...second]);
    expect(engine.inserts.map(({ rows }) => rows.length)).toEqual([50, 100]);
    expect(engine.mostInFlight).toBe(1);
  });

  it('gathers what comes within the gap after an insert, the first one not waiting', async () => {
    const writer = writerWith({ gapMs: 100 });
    await writer.write([row('p0')]);
    const second = writer.write([row('p1')]);
    await new Promise((done) => setTimeout(done, 20));
    expect(engine.inserts).toHaveLength(1);
    await Promise.all([second, writer.write([row('p2')])]);
    expect(engine.inserts.map(({ rows }) => rows.length)).toEqual([1, 2]);
  });

  it('bounds a group by rows and bytes, never splitting a call', async () => {
    const byRows = writerWith({ maxRows: 10 });
    await Promise.all(ids(5).map((id) => byRows.write(ids(4).map((n) => row(`${id}${n}`)))));
    expect(engine.inserts.map(({ rows }) => rows.length)).toEqual([8, 8, 4]);
    const byBytes = writerWith({ maxBytes: 10_000 });
    const big = { details: { text: 'x'.repeat(20_000) } };
    await Promise.all(ids(3).map((id) => byBytes.write([row(id, big)])));
    expect(engine.inserts.slice(3).map(({ rows }) => rows.length)).toEqual([1, 1, 1]);
  });

  it('writes nothing for no rows, and takes none after it was closed', async () => {
    const writer = writerWith();
    await writer.write([]);
    const last = writer.write([row('p0')]);
    await writer.close();
    await last;
    expect(engine.profiles()).toEqual(['p0']);
    await expect(writer.write([row('p1')])).rejects.toThrow('WRITER_CLOSED');
  });

  it.each([1, 2, 7, 64])('isolates poison rows among %d calls', async (calls) => {
    const seen: QuarantinedRow[] = [];
    engine.refusal = refuse(clickHouseError('117', 'INCORRECT_DATA'), 'p0', `p${calls - 1}`);
    const writer = writerWith({ onQuarantine: (found) => seen.push(found) });
    const all = ids(calls);
    await Promise.all(all.map((id) => writer.write([row(id)])));
    const poison = [...new Set(['p0', `p${calls - 1}`])];
    expect(engine.profiles('quarantine').sort()).toEqual(poison.sort());
    expect(engine.profiles().sort()).toEqual(all.filter((id) => !poison.includes(id)).sort());
    expect(seen.map(({ errorCode }) => errorCode)).toEqual(poison.map(() => '117 INCORRECT_DATA'));
    expect(JSON.stringify(seen)).not.toContain('SECRET');
  });

  it.each<[string, Partial<LogRow>]>([
    ['ouid', { ouid: '' }],
    ['seq', { seq: 1.5 }],
    ['seq', { seq: NaN }],
    ['occurredAt', { occurredAt: 'yesterday' }],
    ['createdAt', { createdAt: '1066-10-14' }],
    ['queueId', JSON.parse('{"queueId":{}}') as Partial<LogRow>],
    ['stream', JSON.parse('{"stream":null}') as Partial<LogRow>],
  ])('puts a row with an impossible %s into quarantine without trying it', async (field, bad) => {
    const seen: QuarantinedRow[] = [];
    const writer = writerWith({ onQuarantine: (found) => seen.push(found) });
    await writer.write([{ ...row('bad'), ...bad }, row('good')]);
    expect(engine.profiles()).toEqual(['good']);
    expect(engine.profiles('quarantine')).toEqual(['bad']);
    expect(seen).toMatchObject([{ errorColumn: field, errorCode: 'POISON_VALUE' }]);
  });

  it('replaces lone surrogates everywhere and clamps what cannot be', async () => {
    await writerWith().write([
      row('p\ud800', { details: { a: ['\udc00'] }, durationMs: -5, expiresAt: '2250-01-01' }),
    ]);
    expect(engine.inserts[0]?.rows[0]).toMatchObject({
      profile_id: 'p\ufffd',
      details: '{"a":["\ufffd"]}',
      duration_ms: 0,
      expires_at: '2100-01-01 00:00:00.000',
    });
  });

  it('rejects every caller, retryably, when the engine does not answer', async () => {
    engine.refusal = () => Object.assign(new Error('SECRET'), { code: 'ECONNRESET' });
    const writer = writerWith();
    const calls = ids(20).map((id) => writer.write([row(id)]));
    expect(await outcomes(calls)).toEqual(calls.map(() => 'rejected'));
    await expect(calls[0]).rejects.toEqual(new LogUnavailableError('ECONNRESET'));
    expect(engine.inserts).toHaveLength(1);
  });

  it('rejects only the caller of a row that is refused for an unknown reason', async () => {
    engine.refusal = refuse(clickHouseError('395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'), 'p3');
    const writer = writerWith();
    const calls = ids(8).map((id) => writer.write([row(id)]));
    expect(await outcomes(calls)).toEqual(
      ids(8).map((id) => (id === 'p3' ? 'rejected' : 'fulfilled')),
    );
    expect(engine.tables['quarantine']).toBeUndefined();
  });

  it('stops early when every row is refused for an unknown reason', async () => {
    engine.refusal = () => clickHouseError('49', 'LOGICAL_ERROR');
    const writer = writerWith();
    const calls = ids(1_000).map((id) => writer.write([row(id)]));
    expect(new Set(await outcomes(calls))).toEqual(new Set(['rejected']));
    expect(engine.inserts.length).toBeLessThan(20);
  });

  it('ends, with progress, when far too many rows are refused', async () => {
    engine.refusal = (table) =>
      table === 'activity_log' ? clickHouseError('117', 'INCORRECT_DATA') : undefined;
    const writer = writerWith();
    const result = await outcomes(ids(1_000).map((id) => writer.write([row(id)])));
    expect(engine.inserts.length).toBeLessThan(500);
    const settled = result.filter((status) => status === 'fulfilled').length;
    expect(settled).toBe(engine.profiles('quarantine').length);
    expect(settled).toBeGreaterThan(100);
  });

  it('rejects the caller of a poison row that quarantine does not take, and no other', async () => {
    const poison = refuse(clickHouseError('26', 'CANNOT_PARSE_QUOTED_STRING'), 'p1');
    engine.refusal = (table, rows) =>
      table === 'quarantine' ? clickHouseError('60', 'UNKNOWN_TABLE') : poison(table, rows);
    const writer = writerWith();
    const calls = ids(3).map((id) => writer.write([row(id)]));
    expect(await outcomes(calls)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(calls[1]).rejects.toThrow('quarantine 60 UNKNOWN_TABLE');
  });

  it('settles what stood before the engine went away in the middle of a group', async () => {
    const poison = refuse(clickHouseError('117', 'INCORRECT_DATA'), 'p0');
    engine.refusal = (table, rows) => {
      if (table === 'activity_log' && engine.tables['activity_log']) return new Error('gone');
      return poison(table, rows);
    };
    const writer = writerWith();
    const calls = ids(4).map((id) => writer.write([row(id)]));
    expect(await outcomes(calls)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(engine.profiles()).toEqual(['p1']);
  });
});
