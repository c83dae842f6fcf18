import { FINDINGS, totals } from '../chaos/findings';
import { runKills, type KillRun } from '../chaos/kill-run';
import { SMALL, writeReport } from './report';

const TIMES = SMALL ? 2 : 20;
const PROFILES = SMALL ? 20 : 400;
const SEED = 20;

let run: KillRun;
beforeAll(async () => {
  const began = new Date();
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
    process.stderr.write(`${line}\n`);
  };
  run = await runKills({ seed: SEED, times: TIMES, profiles: PROFILES, agents: 6, say });
  const wrong = Object.values(FINDINGS).flatMap((find) => find(run, TIMES));
  const title = `Each of four processes killed ${TIMES} times during ${PROFILES} journeys`;
  writeReport('kills', title, began, [...lines, '', ...wrong, totals(run)]);
}, 10_800_000);

it.each(Object.entries(FINDINGS))('%s', (_, find) => {
  expect(find(run, TIMES)).toEqual([]);
});
