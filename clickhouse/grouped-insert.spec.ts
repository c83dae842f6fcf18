import { GroupedInsert } from './grouped-insert';

/** Inserts that end when they are told to. */
function slow() {
  const inserts: { size: number; end: (error?: Error) => void }[] = [];
  const grouped = new GroupedInsert(
    (rows) =>
      new Promise((resolve, reject) => {
        inserts.push({
          size: rows.length,
          end: (error) => {
            if (error) reject(error);
            else resolve();
          },
        });
      }),
  );
  return { inserts, grouped };
}
const rows = (count: number): object[] => Array.from({ length: count }, (_, n) => ({ n }));
const settled = (): Promise<void> => new Promise(setImmediate);

it('gathers what comes during an insert into the next one, each answered with its own', async () => {
  const { inserts, grouped } = slow();
  const done: string[] = [];
  const write = (name: string, count: number) =>
    grouped.write(rows(count)).then(() => done.push(name));
  const all = [write('first', 1), write('second', 2), write('third', 3)];
  await settled();
  expect(inserts.map(({ size }) => size)).toEqual([1]);
  inserts[0]?.end();
  await settled();
  expect(done).toEqual(['first']);
  expect(inserts.map(({ size }) => size)).toEqual([1, 5]);
  inserts[1]?.end();
  await Promise.all(all);
  expect(done).toEqual(['first', 'second', 'third']);
});

it('tells only the calls of a failed group, and goes on', async () => {
  const { inserts, grouped } = slow();
  const failed = grouped.write(rows(1));
  const good = grouped.write(rows(1));
  await settled();
  inserts[0]?.end(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  await settled();
  inserts[1]?.end();
  await expect(good).resolves.toBeUndefined();
  const later = grouped.write(rows(7));
  await settled();
  expect(inserts.map(({ size }) => size)).toEqual([1, 1, 7]);
  inserts[2]?.end();
  await later;
});

it('puts whole calls into groups of at most 5,000 rows, and a larger call alone', async () => {
  const { inserts, grouped } = slow();
  const all = [1, 3_000, 2_000, 1, 6_000, 2].map((count) => grouped.write(rows(count)));
  for (let n = 0; n < 5; n += 1) {
    await settled();
    inserts[n]?.end();
  }
  await Promise.all(all);
  expect(inserts.map(({ size }) => size)).toEqual([1, 5_000, 1, 6_000, 2]);
});
