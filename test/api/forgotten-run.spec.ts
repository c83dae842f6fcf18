import { WorkflowNotFoundError } from '@temporalio/client';
import {
  callAndApprove,
  checkAndApprove,
  inventedCustomer,
  takeReview,
  until,
} from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { startStack, type Stack } from '../support/stack';
import { created, inCall } from './cases';
import { problemFaults, request, type Answer } from './http';

const OUID = 'bank-forgotten';
const APPROVED = 'approved';
const CANCELLED = 'cancelled';
let stack: Stack;
let client: ApiClient;
/** Ended and gone from Temporal, by reference; with the answers that were given before it went. */
let cases: Map<string, { profileId: string; repeat: Answer; events: unknown[] }>;

beforeAll(async () => {
  stack = await startStack();
  client = await stack.organization(OUID);
  const agent = await stack.staff(OUID, 'AGENT', 'agent-1');
  const reviewer = await stack.staff(OUID, 'REVIEWER', 'reviewer-1');
  const approved = await inCall(client, agent, APPROVED);
  await callAndApprove(agent, approved.customer, approved.avSessionId);
  await checkAndApprove(reviewer, await takeReview(reviewer));
  const cancelled = await created(client, CANCELLED);
  await client.post(`/v1/profiles/${cancelled.profileId}/cancel`, {
    cancelReason: 'CLIENT_REQUEST',
  });
  cases = new Map();
  for (const [reference, { profileId }] of [
    [APPROVED, approved],
    [CANCELLED, cancelled],
  ] as const) {
    await stack.client.workflow.getHandle(`profile/${profileId}`).result();
    const repeat = await start(reference);
    cases.set(reference, { profileId, repeat, events: await timeline(profileId) });
  }
  await Promise.all([...cases.values()].map(({ profileId }) => forget(profileId)));
}, 180_000);
afterAll(() => stack.stop());

const start = (reference: string, name = 'Asha Demo'): Promise<Answer> => {
  const customer = inventedCustomer(reference) as { details: object };
  const json = { ...customer, details: { ...customer.details, name } };
  return request(stack.url, 'POST', '/v1/profiles', { token: client.token, json });
};

async function timeline(profileId: string): Promise<unknown[]> {
  const path = `/v1/profiles/${profileId}/timeline?limit=1000`;
  return (await client.get<{ events: unknown[] }>(path)).events;
}

/** As Temporal does when its retention is over; it takes the server some 15 s. */
async function forget(profileId: string): Promise<void> {
  await stack.client.connection.workflowService.deleteWorkflowExecution({
    namespace: stack.config.temporal.namespace,
    workflowExecution: { workflowId: `profile/${profileId}` },
  });
  await until('Temporal to forget', async () => ((await hasRun(profileId)) ? undefined : true));
}

async function hasRun(profileId: string): Promise<boolean> {
  try {
    await stack.client.workflow.getHandle(`profile/${profileId}`).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function expectNoRun(profileId: string): Promise<void> {
  await expect(hasRun(profileId)).resolves.toBe(false);
  // What ran and ended in a moment would be listed.
  const runs: string[] = [];
  const query = `WorkflowId = "profile/${profileId}"`;
  for await (const { runId } of stack.client.workflow.list({ query })) runs.push(runId);
  expect(runs).toEqual([]);
}

function of(reference: string): { profileId: string; repeat: Answer; events: unknown[] } {
  const found = cases.get(reference);
  if (!found) throw new Error(`no case ${reference}`);
  return found;
}

describe.each([APPROVED, CANCELLED])(
  'a case that was %s and that Temporal has forgotten',
  (reference) => {
    it('is what a repeated start finds, as before', async () => {
      const { profileId, repeat } = of(reference);
      expect(repeat.status).toBe(200);
      const { status, seq, extReferenceId } = repeat.json;
      const answer = await start(reference);
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({ profileId, extReferenceId, status, seq });
      expect(status).toBe(reference.toUpperCase());
      await expectNoRun(profileId);
    });

    it('is what starts at once find', async () => {
      const { profileId, repeat } = of(reference);
      const answers = await Promise.all([
        start(reference),
        start(reference),
        start(reference, 'Asha Other'),
        start(reference),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 409, 200]);
      for (const { status, json } of answers) {
        expect(json['profileId']).toBe(profileId);
        expect(json['status']).toBe(status === 200 ? repeat.json['status'] : 409);
      }
      await expectNoRun(profileId);
    });

    it('is named to whoever starts another with its reference', async () => {
      const { profileId } = of(reference);
      const answer = await start(reference, 'Asha Other');
      expect(problemFaults(answer, [409])).toEqual([]);
      expect(answer.json).toMatchObject({ code: 'REFERENCE_CONFLICT', profileId });
      await expectNoRun(profileId);
    });

    it('is read as before', async () => {
      const { profileId, events } = of(reference);
      await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
        profileId,
        extReferenceId: reference,
        status: reference.toUpperCase(),
        source: 'LOG',
      });
      expect(events.length).toBeGreaterThan(2);
      await expect(timeline(profileId)).resolves.toEqual(events);
    });

    it('takes no command any more', async () => {
      const { profileId } = of(reference);
      const cancel = { token: client.token, json: { cancelReason: 'CLIENT_REQUEST' } };
      const path = `/v1/profiles/${profileId}/cancel`;
      const answer = await request(stack.url, 'POST', path, cancel);
      expect(answer.json).toMatchObject({ status: 409, code: 'PROFILE_FINAL' });
      await expectNoRun(profileId);
    });
  },
);

// Without the log nobody can tell whether the case existed: a start then would make a second run.
it('is started by nobody while the log does not answer', async () => {
  await stack.clickhouse.kill();
  try {
    const answers = await Promise.all([start(APPROVED), start(CANCELLED, 'Asha Other')]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    for (const { headers } of answers)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    for (const { profileId } of cases.values()) await expectNoRun(profileId);
  } finally {
    await stack.clickhouse.start();
  }
  expect((await start(APPROVED)).json).toMatchObject({ status: 'APPROVED' });
  await expectNoRun(of(APPROVED).profileId);
});
