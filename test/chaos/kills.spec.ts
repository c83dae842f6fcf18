import type { Config } from '../../src/config';
import { deskLogOf, deskTotals } from './desk-log';
import { DESK_FINDINGS, KILLS_FINDINGS, through, totals } from './findings';
import { unreplayable } from './histories';
import { runKills, type KillRun } from './kill-run';
import { PARTS } from './product';

/** Of each of the four parts; `npm run test:long` makes it 20. */
const TIMES = 2;

const look = async (config: Config) => ({
  histories: await unreplayable(config),
  desk: await deskLogOf(config),
});
type Seen = Awaited<ReturnType<typeof look>>;
const FINDINGS = {
  ...through(KILLS_FINDINGS, ({ histories }: Seen) => histories),
  ...through(DESK_FINDINGS, ({ desk }: Seen) => desk),
};

let run: KillRun<Seen>;
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
beforeAll(async () => {
  const wanted = { parts: PARTS, times: TIMES };
  // Reviews come after the desk: one is enough. So many at once that a line forms.
  const load = { profiles: 100, agents: 10, atOnce: 60, blindReviewPercent: 0 };
  run = await runKills({ ...wanted, ...load, seed: 4, say }, look);
  say(`${totals(run)} ${deskTotals(run.seen.desk)}`);
}, 600_000);

it.each(Object.entries(FINDINGS))('%s', (_, find) => {
  expect(find(run)).toEqual([]);
});
