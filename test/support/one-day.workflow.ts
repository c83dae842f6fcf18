import { sleep } from '@temporalio/workflow';

/** For the test of the time-skipping server. */
export async function oneDay(): Promise<string> {
  await sleep('1 day');
  return 'slept';
}
