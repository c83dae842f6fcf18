import { checkAndApprove, inventedCustomer, takeReview, until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import type { ProfileState } from '../../src/domain/profile/state';
import { PROFILE_QUERY, settlementWorkflowId } from '../../workflows/contracts';
import { RECONCILER_SCHEDULE } from '../../workers/schedules';
import { codeOf, created, inCall, inReview, passTasks, queued, stateOf } from '../api/cases';
import { profileIdOf } from '../../api/profiles/profile-creation';
import { request } from '../api/http';
import { startStack, type Stack } from '../support/stack';

interface Timeline {
  readonly events: readonly {
    readonly seq: number;
    readonly eventType: string;
    readonly details: Record<string, unknown>;
    readonly actorType: string;
  }[];
}

let stack: Stack;
let client: ApiClient;
let agent: ApiClient;
let banks = 0;
let ouid = '';
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());
beforeEach(async () => {
  ouid = `stopped-${banks++}`;
  client = await stack.organization(ouid);
  agent = await stack.staff(ouid, 'AGENT', 'agent-1');
});

const run = (profileId: string) => stack.client.workflow.getHandle(`profile/${profileId}`);

/** What operations does after a "Terminate": the schedule's "Trigger". Waits for the settlement. */
async function reconcile(profileId: string): Promise<void> {
  await stack.client.schedule.getHandle(RECONCILER_SCHEDULE).trigger();
  const settlement = stack.client.workflow.getHandle(settlementWorkflowId(profileId));
  await until('the settlement', () =>
    settlement.describe().catch((error: unknown) => {
      if (error instanceof Error && error.name === 'WorkflowNotFoundError') return undefined;
      throw error;
    }),
  );
  await settlement.result();
}

async function events(profileId: string): Promise<Timeline['events']> {
  const path = `/v1/profiles/${profileId}/timeline?limit=1000`;
  return (await client.get<Timeline>(path)).events;
}

const REACH: Readonly<Record<string, () => Promise<{ profileId: string }>>> = {
  CAPTURE_PENDING: () => created(client, 'capture'),
  QUEUED: () => queued(client, 'queued'),
  IN_CALL: () => inCall(client, agent, 'call'),
  REVIEW_PENDING: () => inReview(client, agent, 'review'),
};

it.each(Object.keys(REACH))(
  'a case that was terminated while %s is recorded, ended and settled',
  async (status) => {
    const { profileId } = await REACH[status]!();
    await expect(stateOf(stack, profileId)).resolves.toMatchObject({ status });
    await run(profileId).terminate('by mistake');
    expect(
      await codeOf(
        client.post(`/v1/profiles/${profileId}/cancel`, { cancelReason: 'CLIENT_REQUEST' }),
      ),
    ).toBe('PROFILE_FINAL');
    await reconcile(profileId);

    const logged = await events(profileId);
    expect(logged.map(({ seq }) => seq)).toEqual(logged.map((_, i) => i + 1));
    expect(logged.find((e) => e.eventType === 'profile.finished')).toMatchObject({
      actorType: 'OPERATIONS',
      details: { from: status, cancelReason: 'OPERATOR_TERMINATED' },
    });
    expect(logged.at(-1)?.eventType).toBe('profile.closed');
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
      status: 'CANCELLED',
      seq: logged.length,
    });
    const settled = await stack.client.workflow
      .getHandle(settlementWorkflowId(profileId))
      .query<ProfileState>(PROFILE_QUERY);
    expect(settled.avSessions.map(({ room }) => room)).toEqual(
      settled.avSessions.map(() => 'LOCKED'),
    );
  },
);

it('frees the agent of a terminated call for the next customer, and never runs the case again', async () => {
  const { profileId } = await inCall(client, agent, 'one');
  await run(profileId).terminate();
  await reconcile(profileId);
  const next = await inCall(client, agent, 'two');
  expect(next.profileId).not.toBe(profileId);
  await expect(created(client, 'one')).resolves.toMatchObject({ profileId, status: 'CANCELLED' });
  await expect(run(profileId).describe()).resolves.toMatchObject({
    status: { name: 'TERMINATED' },
  });
});

it('records what ClickHouse had not taken when the run was terminated', async () => {
  const { profileId, avSessionId } = await inCall(client, agent, 'away');
  await stack.clickhouse.kill();
  await passTasks(agent, avSessionId);
  await agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'APPROVED' });
  const { seq } = await stateOf(stack, profileId);
  await run(profileId).terminate();
  await stack.clickhouse.start();
  await reconcile(profileId);
  const logged = await events(profileId);
  expect(logged.map((e) => e.seq)).toEqual(logged.map((_, i) => i + 1));
  expect(logged.length).toBeGreaterThan(seq);
});

it('settles a run that was terminated in its closing phase', async () => {
  const { profileId } = await inReview(client, agent, 'closing');
  const reviewer = await stack.staff(ouid, 'REVIEWER', 'reviewer-1');
  await takeReview(reviewer);
  await stack.clickhouse.kill();
  await checkAndApprove(reviewer, profileId);
  await run(profileId).terminate();
  await stack.clickhouse.start();
  await reconcile(profileId);
  await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
    status: 'APPROVED',
  });
  const logged = await events(profileId);
  expect(logged.filter((e) => e.eventType === 'profile.finished')).toHaveLength(1);
  expect(logged.at(-1)?.eventType).toBe('profile.closed');
});

it('settles a run that was terminated before it had begun', async () => {
  await created(client, 'before'); // the API has read the settings, which needs a worker
  await stack.worker.stop();
  const starting = request(stack.url, 'POST', '/v1/profiles', {
    token: client.token,
    json: inventedCustomer('unborn'),
  });
  const profileId = profileIdOf(ouid, 'unborn');
  await until('the run', () =>
    run(profileId)
      .describe()
      .catch(() => undefined),
  );
  await run(profileId).terminate();
  await starting;
  await stack.restartWorker();
  await reconcile(profileId);
  await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
    status: 'CANCELLED',
  });
}, 60_000);
