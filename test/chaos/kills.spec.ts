import { FINDINGS, totals } from './findings';
import { runKills, type KillRun } from './kill-run';

/** Of each of the four parts; `npm run test:long` makes it 20. */
const TIMES = 2;

let run: KillRun;
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
beforeAll(async () => {
  run = await runKills({ seed: 4, times: TIMES, profiles: 20, agents: 4, say });
  say(totals(run));
}, 600_000);

it.each(Object.entries(FINDINGS))('%s', (_, find) => {
  expect(find(run, TIMES)).toEqual([]);
});
