import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { toJson } from './history-file';
import { Case, DeskUnderTest } from '../support/case';
import {
  agent,
  client,
  customer,
  move,
  operations,
  online,
  policy,
  reviewMoves,
  SHA,
} from '../support/journeys';
import { daily, withHours } from '../support/opening-hours';
import { startRealServer, until, type WorkflowWorld } from '../support/workflow-env';
import type { RetentionCommand, RetentionInput } from '../../src/domain/retention/machine';
import type { organizationWorkflow, retentionWorkflow } from '../../workflows';
import {
  ORGANIZATION_UPDATE,
  organizationWorkflowId,
  RETENTION_UPDATE,
  retentionWorkflowId,
  TASK_QUEUE,
  WORKFLOWS,
} from '../../workflows/contracts';

// Records the histories that replay.spec.ts replays; how and when: README.md beside this file.
const FOLDER = join(__dirname, 'histories');
const ROOT = join(__dirname, '..', '..');

async function save(name: string, handle: WorkflowHandle): Promise<void> {
  const recorded = JSON.stringify(toJson(await handle.fetchHistory()), undefined, 1);
  // A failure's stack trace says where this checkout is.
  const text = recorded.replaceAll(`${ROOT}/`, '');
  await writeFile(join(FOLDER, `${name}.json`), `${text}\n`);
  process.stdout.write(`${name}: ${Math.round(text.length / 1024)} kB\n`);
}

async function approved(world: WorkflowWorld): Promise<void> {
  const one = await (await new Case(world, 1).begin()).toLine();
  const refused = move('endCall', agent('a1'), {});
  await one.command(refused).catch(() => undefined); // leaves no trace: replay has to do without it
  await (await one.toCall()).talk();
  await one.command(move('makerDecision', agent('a1'), { decision: 'APPROVED' }));
  await one.commands(reviewMoves(one.id, 'r1'));
  await one.result();
  await save('profile-approved', one.handle);
}

async function requeued(world: WorkflowWorld): Promise<void> {
  // The customer misses his first call for 2 s, so a timer's end is in this history.
  const one = new Case(world, 2, { policy: policy({ customerJoin: 2_000 }) });
  await (await (await one.begin()).toLine()).toCall();
  await one.until('missed', (s) => s.noShows === 1);
  await one.desk.accept('a1');
  await one.until('the second room', (s) => s.avSessions[1]?.room === 'OPEN');
  await one.talk('a1', 2);
  const utv = { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE' } as const;
  await one.command(move('makerDecision', agent('a1'), utv));
  await one.desk.accept('a1');
  await one.until('the third room', (s) => s.avSessions[2]?.room === 'OPEN');
  const end = { decision: 'UTV', reason: 'BIZ_DOB_MISMATCH' } as const;
  await one.command(move('makerDecision', agent('a1'), end));
  await one.result();
  await save('profile-utv-requeued', one.handle);
}

async function cancelled(world: WorkflowWorld): Promise<void> {
  world.activities.openFails = (av) => av.endsWith('.1') && world.activities.calls.length % 2 === 0;
  const one = await (await new Case(world, 3).begin()).toLine();
  await one.toCall();
  await one.command(move('joinCall', customer, { captureSessionId: `${one.id}.c1` }));
  await one.handle.cancel();
  await one.result();
  world.activities.openFails = () => false;
  await save('profile-cancelled', one.handle);
}

/** Handed in while every queue is closed: how the case learned so is in its history. */
async function closedQueues(world: WorkflowWorld): Promise<void> {
  const hours = withHours(policy(), daily(Date.now(), 3, 9), 'q-en', 'q-hi');
  const one = await new Case(world, 4, { policy: hours }).begin();
  await one.is('CAPTURE_PENDING');
  const { openings, captureSessionId } = await (await one.toLine()).is('SCHEDULED');
  const at = openings?.queues['q-en']?.[0]?.from ?? 0;
  await one.command(move('bookSlot', customer, { captureSessionId, at }));
  await one.command(move('cancel', client, { cancelReason: 'CLIENT_REQUEST' }));
  await one.result();
  await save('profile-closed-queues', one.handle);
}

/** Of two runs: one that continued as new, and one that was continued. */
async function desk(world: WorkflowWorld): Promise<void> {
  const busy = await new DeskUnderTest(world, 'bank9').start({ continueAfter: 40 });
  const first = (await busy.handle.describe()).runId;
  const one = await (await new Case(world, 9, { ouid: 'bank9' }).beginWithoutDesk()).toLine();
  await busy.send(online('a1'));
  const { agents } = await busy.agentIs('a1', 'OFFERED');
  const offerId = agents['a1']?.offer?.offerId ?? '';
  await busy.send({ name: 'decline', agentId: 'a1', offerId }, online('a2'));
  await busy.accept('a2');
  await one.is('IN_CALL');
  for (let i = 0; i < 4; i++) await busy.send(online('a3'), { name: 'offline', agentId: 'a3' });
  await until(
    async () => (await busy.handle.describe()).runId,
    (id) => id !== first,
    'a new run',
  );
  const utv = { decision: 'UTV', reason: 'BIZ_DOB_MISMATCH' } as const;
  await one.command(move('makerDecision', agent('a2'), utv));
  await busy.agentIs('a2', 'FREE');
  await save('desk-continued', world.client.workflow.getHandle('desk/bank9', first));
  await save('desk-carried-over', busy.handle);
}

async function organization(world: WorkflowWorld): Promise<void> {
  const handle = await world.client.workflow.start<typeof organizationWorkflow>(
    WORKFLOWS.organization,
    {
      taskQueue: TASK_QUEUE,
      workflowId: organizationWorkflowId('bank1'),
      args: [{ ouid: 'bank1' }],
    },
  );
  const { version: _version, ...rest } = policy();
  for (const name of ['one', 'two']) {
    const settings = { name, policy: rest, agents: [], reviewers: [], apiKeys: [] };
    await handle.executeUpdate(ORGANIZATION_UPDATE, { args: [{ actor: operations, settings }] });
  }
  await save('organization', handle);
}

async function retention(world: WorkflowWorld): Promise<void> {
  const handle = await world.client.workflow.start<typeof retentionWorkflow>(WORKFLOWS.retention, {
    taskQueue: TASK_QUEUE,
    workflowId: retentionWorkflowId('bank1'),
    args: [{ ouid: 'bank1' }],
  });
  const commands: RetentionCommand[] = [
    { name: 'setHold', holdId: 'h', profileId: '' },
    { name: 'endRelationship', profileId: 'p1', endedAt: '2026-01-01T00:00:00.000Z' },
    { name: 'liftHold', holdId: 'h' },
  ];
  for (const command of commands) {
    const args: [RetentionInput] = [{ actor: operations, bodyHash: SHA, command }];
    await handle.executeUpdate(RETENTION_UPDATE, { args });
  }
  await save('retention', handle);
}

const ALL = { approved, requeued, cancelled, closedQueues, desk, organization, retention };

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const asked = process.argv.slice(2);
  const chosen = Object.entries(ALL).filter(([name]) => asked.length === 0 || asked.includes(name));
  const world = await startRealServer();
  try {
    for (const [, record] of chosen) await record(world);
  } finally {
    await world.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : 'failed'}\n`);
  process.exitCode = 1;
});
