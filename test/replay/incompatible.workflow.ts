import { sleep } from '@temporalio/workflow';
import type { ProfileStart } from '../../src/domain/profile/state';
import { profileWorkflow as current } from '../../workflows/profile.workflow';

/** A change that no running profile survives: one more timer, before everything else. */
export async function profileWorkflow(start: ProfileStart): ReturnType<typeof current> {
  const result = current(start);
  await sleep('1 second');
  return result;
}
