import { VIDEO_FINDINGS } from '../support/video-fault-findings';
import { type FaultRun, runWithFaults } from '../support/video-fault-run';

let run: FaultRun;

beforeAll(async () => {
  run = await runWithFaults({
    profiles: 60,
    agents: 8,
    seed: 7,
    linkSeconds: 25,
    recordingMs: 45_000,
    queueMs: 45_000,
  });
}, 600_000);

it.each(Object.entries(VIDEO_FINDINGS))('%s', (_, find) => {
  expect(find(run)).toEqual([]);
});
