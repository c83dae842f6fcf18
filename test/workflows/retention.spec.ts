import { client } from '../support/journeys';
import { refusalCode, startTimeSkipping, until, type WorkflowWorld } from '../support/workflow-env';
import type {
  RetentionCommand,
  RetentionReply,
  RetentionState,
} from '../../src/domain/retention/machine';
import {
  RETENTION_QUERY,
  RETENTION_UPDATE,
  retentionWorkflowId,
  TASK_QUEUE,
  WORKFLOWS,
} from '../../workflows/contracts';
import type { retentionWorkflow } from '../../workflows/retention.workflow';

let world: WorkflowWorld;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());

it('numbers its events over its runs, the log away or not, and keeps its holds', async () => {
  const handle = await world.client.workflow.start<typeof retentionWorkflow>(WORKFLOWS.retention, {
    taskQueue: TASK_QUEUE,
    workflowId: retentionWorkflowId('bank-r'),
    args: [{ ouid: 'bank-r', continueAfter: 40 }],
  });
  const first = (await handle.describe()).runId;
  const runs = new Set([first]);
  let tries = 0;
  world.activities.recordFails = ([row]) => row?.stream === 'retention' && tries++ % 3 !== 2;
  const send = (command: RetentionCommand): Promise<RetentionReply> =>
    world.client.workflow
      .getHandle<typeof retentionWorkflow>(retentionWorkflowId('bank-r'))
      .executeUpdate<RetentionReply, [unknown]>(RETENTION_UPDATE, {
        args: [{ actor: client, bodyHash: 'b', command }],
      });
  await send({ name: 'setHold', holdId: 'h', profileId: 'p0' });
  for (let n = 1; n <= 20; n++) {
    const { seq } = await send({
      name: 'endRelationship',
      profileId: `p${n}`,
      endedAt: '2026-01-01T00:00:00.000Z',
    });
    expect(seq).toBe(n + 1);
    runs.add((await handle.describe()).runId);
  }
  expect(runs.size).toBeGreaterThan(1);
  expect(await refusalCode(send({ name: 'liftHold', holdId: 'g' }))).toBe('HOLD_UNKNOWN');
  const { holds } = await handle.query<RetentionState>(RETENTION_QUERY);
  expect(holds).toEqual([{ holdId: 'h', profileId: 'p0' }]);
  world.activities.recordFails = () => false;
  const rows = await until(
    () => Promise.resolve(world.activities.stream('bank-r')),
    (found) => found.length === 21,
    'all rows in the log',
  );
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  await handle.terminate();
});
