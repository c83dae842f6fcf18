import { VIDEO_FINDINGS, totalsOf } from '../support/video-fault-findings';
import { type FaultRun, runWithFaults } from '../support/video-fault-run';
import { SMALL, writeReport } from './report';

const PROFILES = SMALL ? 30 : 500;
const AGENTS = SMALL ? 5 : 16;

let run: FaultRun;

beforeAll(async () => {
  const began = new Date();
  run = await runWithFaults({
    profiles: PROFILES,
    agents: AGENTS,
    seed: 500,
    linkSeconds: 60,
    recordingMs: 60_000,
    queueMs: 60_000,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const wrong = Object.entries(VIDEO_FINDINGS).flatMap(([what, find]) => [
    `${what}: ${find(run).length === 0 ? 'yes' : 'NO'}`,
    ...find(run).map((line) => `  ${line}`),
  ]);
  const title = `${PROFILES} journeys at an emulated 100ms that fails one call in ten and loses, doubles and shuffles webhooks`;
  writeReport('video-faults', title, began, [...totalsOf(run), '', ...wrong]);
  process.stderr.write(`${totalsOf(run).join('\n')}\n`);
}, 5_400_000);

it.each(Object.entries(VIDEO_FINDINGS))('%s', (_, find) => {
  expect(find(run)).toEqual([]);
});
