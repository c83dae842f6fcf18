import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import { until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { stateOf } from '../api/cases';
import { startStack, type Stack } from '../support/stack';
import { EntryProcess } from './entry-process';
import { journeySteps, PLAIN, type JourneyStep } from './journey-steps';

const OUID = 'bank-killed';
let stack: Stack;
let worker: EntryProcess;
let log: LogClient;
let client: ApiClient;

beforeAll(async () => {
  stack = await startStack({ worker: false });
  log = createLogClient(stack.config.clickhouse);
  worker = new EntryProcess('workers/main', stack);
  worker.start();
  await worker.ready();
  client = await stack.organization(OUID);
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await log.close();
  await stack.stop();
});

/** SIGKILL and the next life at once: the commands meanwhile are repeated by whoever sends them. */
async function killWorker(): Promise<void> {
  await worker.kill();
  worker.start();
}

async function expectComplete(profileId: string): Promise<void> {
  await stack.client.workflow.getHandle(`profile/${profileId}`).result();
  const state = await stateOf(stack, profileId);
  expect(state).toMatchObject({
    status: 'APPROVED',
    closed: true,
    outbox: { desk: [], video: [] },
  });

  // Rows may have been written twice, but never two different ones under one number.
  const rows = await select<{ seq: string; kinds: string; type: string }>(
    log,
    `SELECT seq, uniqExact(occurred_at, event_type, details) AS kinds, any(event_type) AS type FROM activity_log
     WHERE stream = 'profile' AND stream_id = {profileId:String} GROUP BY seq ORDER BY seq`,
    { profileId },
  );
  expect(rows.map(({ seq, kinds }) => `${seq} ${kinds}`)).toEqual(
    Array.from({ length: state.seq }, (_, i) => `${i + 1} 1`),
  );
  expect(rows.at(-1)?.type).toBe('profile.closed');
  const once = [
    'profile.created',
    'consent.given',
    'profile.submitted',
    'av.opened',
    'av.started',
    'av.ended',
    'av.room-locked',
    'maker.decided',
    'checker.decided',
    'profile.finished',
  ];
  expect(once.map((type) => `${type} ${rows.filter((row) => row.type === type).length}`)).toEqual(
    once.map((type) => `${type} 1`),
  );
  expect(rows.filter(({ type }) => type === 'document.received')).toHaveLength(4);
  const { events } = await client.get<{ events: { seq: number }[] }>(
    `/v1/profiles/${profileId}/timeline?limit=1000`,
  );
  expect(events.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => Number(seq)));

  // The tables that answer lists stand where the workflow stands.
  const mine = 'FINAL WHERE profile_id = {profileId:String}';
  await expect(
    select(log, `SELECT profile_status AS status, seq FROM profiles ${mine}`, { profileId }),
  ).resolves.toEqual([{ status: 'APPROVED', seq: String(state.seq) }]);
  await expect(
    select(
      log,
      `SELECT task_id AS taskId, verdict, review_verdict AS reviewVerdict FROM tasks ${mine} ORDER BY task_id`,
      { profileId },
    ),
  ).resolves.toEqual(
    state.tasks.map(({ taskId, verdict, reviewVerdict }) => ({ taskId, verdict, reviewVerdict })),
  );
  await expect(
    select(
      log,
      `SELECT av_session_id AS avSessionId, room, end_why AS endWhy FROM av_sessions ${mine}`,
      { profileId },
    ),
  ).resolves.toEqual(
    state.avSessions.map(({ avSessionId, room, endWhy }) => ({ avSessionId, room, endWhy })),
  );

  // Nobody is left behind: the room is locked, the agent free.
  expect(state.avSessions).toMatchObject([{ room: 'LOCKED' }]);
  const room = join(stack.config.videoDir, OUID, `${profileId}.1.json`);
  await expect(readFile(room, 'utf8')).resolves.toContain('locked');
  const agent = await stack.staff(OUID, 'AGENT', 'agent-1');
  await until('the agent to be free', async () =>
    (await agent.get<{ state: string }>('/v1/agents/me')).state === 'FREE' ? true : undefined,
  );
  await agent.post('/v1/agents/me/offline');
  const [desk] = await until('the desk’s log', async () => {
    const found = await select<{ state: string }>(
      log,
      `SELECT state FROM agents FINAL WHERE ouid = {OUID:String}`,
      { OUID },
    );
    return found[0]?.state === 'OFFLINE' ? found : undefined;
  });
  expect(desk).toEqual({ state: 'OFFLINE' });
}

async function journey(
  reference: string,
  runStep: (step: JourneyStep, n: number) => Promise<void>,
): Promise<string> {
  const { steps, profileId } = await journeySteps(stack, client, OUID, { ...PLAIN, reference });
  expect(steps.length).toBeGreaterThan(20);
  for (const [n, step] of steps.entries()) {
    await runStep(step, n).catch((error: unknown) => {
      throw new Error(`step "${step.name}" failed`, { cause: error });
    });
  }
  return profileId();
}

it('ends a journey whose worker is killed after every step', async () => {
  const profileId = await journey('between', async (step) => {
    await step.run();
    await killWorker();
  });
  await expectComplete(profileId);
}, 600_000);

// A task that dies with its worker is given to another after its timeout (10 s): not at every step.
const DURING = [
  'create',
  'upload PAN_CARD',
  'submit',
  'accept',
  'maker decides',
  'checker decides',
];

it('ends a journey whose worker is killed in the middle of commands', async () => {
  const profileId = await journey('during', async (step, n) => {
    if (!DURING.includes(step.name)) {
      await step.run();
      return;
    }
    await worker.ready();
    const running = step.run();
    await sleep((n * 7) % 40); // before, in and after the work of some 30 ms
    await Promise.all([killWorker(), running]);
  });
  await expectComplete(profileId);
}, 600_000);
