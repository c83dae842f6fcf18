import { type Batch, GroupCommit, type GroupOptions } from './group-commit';

/** Commits that end when they are told to. */
function slow(options: GroupOptions = {}) {
  const commits: {
    size: number;
    end: (failed?: Error | ReadonlyMap<Batch, Error>) => void;
    group: readonly Batch[];
  }[] = [];
  const grouped = new GroupCommit<Batch>(
    (group) =>
      new Promise((resolve, reject) => {
        commits.push({
          size: group.reduce((sum, { rows }) => sum + rows, 0),
          end: (failed = new Map()) => {
            if (failed instanceof Error) reject(failed);
            else resolve(failed);
          },
          group,
        });
      }),
    options,
  );
  return { commits, grouped, sizes: () => commits.map(({ size }) => size) };
}
const batch = (rows: number, bytes = rows): Batch => ({ rows, bytes });
const settled = (): Promise<void> => new Promise(setImmediate);

it('takes what comes in one turn together, and what comes during a commit into the next', async () => {
  const { commits, grouped, sizes } = slow();
  const done: string[] = [];
  const add = (name: string, rows: number) => grouped.add(batch(rows)).then(() => done.push(name));
  const all = [add('first', 1), add('with it', 1)];
  await settled();
  all.push(add('second', 2), add('third', 3));
  await settled();
  expect(sizes()).toEqual([2]);
  commits[0]?.end();
  await settled();
  await settled();
  expect(done).toEqual(['first', 'with it']);
  expect(sizes()).toEqual([2, 5]);
  commits[1]?.end();
  await Promise.all(all);
  expect(done).toEqual(['first', 'with it', 'second', 'third']);
});

it('tells only the callers of a failed group, and goes on', async () => {
  const { commits, grouped, sizes } = slow();
  const failed = grouped.add(batch(1));
  await settled();
  const good = grouped.add(batch(1));
  commits[0]?.end(new Error('away'));
  await expect(failed).rejects.toThrow('away');
  await settled();
  commits[1]?.end();
  await expect(good).resolves.toBeUndefined();
  const later = grouped.add(batch(7));
  await settled();
  expect(sizes()).toEqual([1, 1, 7]);
  commits[2]?.end();
  await later;
});

it('tells only the caller whose batch of a group did not go in', async () => {
  const { commits, grouped } = slow();
  const all = [grouped.add(batch(1)), grouped.add(batch(2)), grouped.add(batch(3))];
  await settled();
  const [, second] = commits[0]?.group ?? [];
  commits[0]?.end(new Map(second ? [[second, new Error('not this one')]] : []));
  const outcomes = await Promise.allSettled(all);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('puts whole batches into groups of at most 5,000 rows, and a larger one alone', async () => {
  const { commits, grouped, sizes } = slow();
  const all = [3_000, 2_000, 1, 6_000, 2].map((rows) => grouped.add(batch(rows)));
  for (let n = 0; n < 4; n += 1) {
    await settled();
    await settled();
    commits[n]?.end();
  }
  await Promise.all(all);
  expect(sizes()).toEqual([5_000, 1, 6_000, 2]);
});

it('bounds a group by bytes', async () => {
  const { commits, grouped, sizes } = slow({ maxBytes: 10 });
  const all = [grouped.add(batch(1, 6)), grouped.add(batch(1, 4)), grouped.add(batch(1, 1))];
  for (let n = 0; n < 2; n += 1) {
    await settled();
    await settled();
    commits[n]?.end();
  }
  await Promise.all(all);
  expect(sizes()).toEqual([2, 1]);
});

it('settles at once what was added, whatever the gap', async () => {
  const { commits, grouped, sizes } = slow({ gapMs: 3_600_000 });
  const first = grouped.add(batch(1));
  await settled();
  commits[0]?.end();
  await first;
  const settling = grouped.settle();
  const last = grouped.add(batch(2));
  await settled();
  await settled();
  expect(sizes()).toEqual([1, 2]);
  commits[1]?.end();
  await Promise.all([last, settling]);
});
