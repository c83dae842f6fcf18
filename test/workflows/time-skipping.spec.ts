import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { timeSkippingExecutable } from '../support/servers';
import { type oneDay } from '../support/one-day.workflow';

let environment: TestWorkflowEnvironment;
beforeAll(async () => {
  environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: await timeSkippingExecutable() },
  });
}, 180_000);
afterAll(() => environment.teardown());

describe('the time-skipping server', () => {
  it('lets a workflow that sleeps a day end within the test', async () => {
    const worker = await Worker.create({
      connection: environment.nativeConnection,
      taskQueue: 'one-day',
      workflowsPath: require.resolve('../support/one-day.workflow'),
    });
    const before = await environment.currentTimeMs();
    const result = await worker.runUntil(
      environment.client.workflow.execute<typeof oneDay>('oneDay', {
        taskQueue: 'one-day',
        workflowId: 'one-day',
      }),
    );
    expect(result).toBe('slept');
    expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(24 * 3_600_000);
  });
});
