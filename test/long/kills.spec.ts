import { KILLS_FINDINGS } from '../chaos/findings';
import { unreplayable } from '../chaos/histories';
import type { KillRun } from '../chaos/kill-run';
import { PARTS } from '../chaos/product';
import { SMALL } from './report';
import { reportedKills } from './reported-kills';

const TIMES = SMALL ? 2 : 20;
const PROFILES = SMALL ? 20 : 400;

let run: KillRun<readonly string[]>;
beforeAll(async () => {
  const wanted = { parts: PARTS, times: TIMES };
  run = await reportedKills(
    { ...wanted, seed: 20, profiles: PROFILES, agents: 6 },
    {
      name: 'kills',
      title: `Each of four processes killed ${TIMES} times during ${PROFILES} journeys`,
      look: unreplayable,
      findings: KILLS_FINDINGS,
      sum: (wrong) => `${wrong.length} histories that no replay repeats.`,
    },
  );
}, 10_800_000);

it.each(Object.entries(KILLS_FINDINGS))('%s', (_, find) => {
  expect(find(run)).toEqual([]);
});
