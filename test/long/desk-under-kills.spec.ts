import { deskLogOf, deskTotals, type DeskLog } from '../chaos/desk-log';
import { DESK_FINDINGS } from '../chaos/findings';
import type { KillRun } from '../chaos/kill-run';
import { SMALL } from './report';
import { reportedKills } from './reported-kills';

const TIMES = SMALL ? 2 : 10;
const PROFILES = SMALL ? 60 : 1_000;
const AGENTS = SMALL ? 6 : 50;
/** Two cores carry no more; a line forms all the same, because agents are long not to be had. */
const AT_ONCE = SMALL ? 40 : 50;
const WRAP_UP_MS = SMALL ? 5_000 : 60_000;
/** In line nothing changes for whom others are before: longer than any wait. */
const STUCK_MS = 15 * 60_000;

let run: KillRun<DeskLog>;
beforeAll(async () => {
  const wanted = { parts: ['worker', 'api'], times: TIMES } as const;
  const load = { profiles: PROFILES, agents: AGENTS, atOnce: AT_ONCE };
  const pace = { wrapUpMs: WRAP_UP_MS, stuckMs: STUCK_MS };
  run = await reportedKills(
    { ...wanted, ...load, ...pace, seed: 50, blindReviewPercent: 0 },
    {
      name: 'desk-under-kills',
      title: `${PROFILES} customers and ${AGENTS} agents; worker and API killed ${TIMES} times each`,
      look: deskLogOf,
      findings: DESK_FINDINGS,
      sum: deskTotals,
    },
  );
}, 3_600_000);

it.each(Object.entries(DESK_FINDINGS))('%s', (_, find) => {
  expect(find(run)).toEqual([]);
});
