import { profileIdOf } from '../../api/profiles/profile-creation';
import {
  callAndApprove,
  capture,
  checkAndApprove,
  inventedCustomer,
  takeCustomer,
  takeReview,
} from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { containsAadhaar } from '../../src/details/aadhaar';
import { startStack, type Stack } from '../support/stack';
import { inCall } from './cases';
import { request, type Answer } from './http';

const OUID = 'bank-one';
let stack: Stack;
let client: ApiClient;
beforeAll(async () => {
  stack = await startStack();
  client = await stack.organization(OUID);
}, 120_000);
afterAll(() => stack.stop());

const post = (json: object): Promise<Answer> =>
  request(stack.url, 'POST', '/v1/profiles', { token: client.token, json });
const statuses = (answers: readonly Answer[]): number[] =>
  answers.map(({ status }) => status).sort();
const bodies = (answers: readonly Answer[]): string[] => [
  ...new Set(answers.map(({ text }) => text)),
];
const called = (reference: string, name: string): object => {
  const customer = inventedCustomer(reference) as { details: object };
  return { ...customer, details: { ...customer.details, name } };
};

it('answers a repeated start with the same case', async () => {
  const body = inventedCustomer('twice');
  const answers = [await post(body), await post(body), await post(body)];
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
  expect(bodies(answers)).toHaveLength(1);
  expect(answers[0]?.json).toMatchObject({
    profileId: profileIdOf(OUID, 'twice'),
    extReferenceId: 'twice',
    status: 'CAPTURE_PENDING',
    captureLink: { url: expect.stringContaining('/capture#') as string },
  });
});

it('makes one case of many starts at once', async () => {
  const body = inventedCustomer('at-once');
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(body)));
  expect(statuses(answers)).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
  expect(bodies(answers)).toHaveLength(1);
  const runs = stack.client.workflow.list({
    query: `WorkflowId = "profile/${profileIdOf(OUID, 'at-once')}"`,
  });
  let found = 0;
  for await (const run of runs) if (run.workflowId !== '') found += 1;
  expect(found).toBe(1);
});

it('names the case that a conflicting start is about', async () => {
  await post(called('conflict', 'Asha First'));
  const answer = await post(called('conflict', 'Asha Second'));
  expect(answer.status).toBe(409);
  expect(answer.json).toMatchObject({
    code: 'REFERENCE_CONFLICT',
    profileId: profileIdOf(OUID, 'conflict'),
  });
});

it('lets exactly one of conflicting starts win, and keeps its details', async () => {
  const names = Array.from({ length: 8 }, (_, i) => `Asha Racer ${'abcdefgh'.charAt(i)}`);
  const answers = await Promise.all(names.map((name) => post(called('race', name))));
  expect(statuses(answers)).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
  const winner = answers.findIndex(({ status }) => status === 201);
  const { captureLink } = answers[winner]?.json as { captureLink: { token: string } };
  const agent = await stack.staff(OUID, 'AGENT', 'agent-1');
  await capture(client, captureLink.token);
  const avSessionId = await takeCustomer(agent);
  const profileId = avSessionId.slice(0, 36);
  expect(profileId).toBe(profileIdOf(OUID, 'race'));
  await expect(agent.get(`/v1/profiles/${profileId}/details`)).resolves.toMatchObject({
    name: names[winner],
  });
  await agent.post(`/v1/av-sessions/${avSessionId}/decision`, {
    decision: 'UTV',
    reason: 'BIZ_CONSENT_REFUSED',
  });
  await agent.post('/v1/agents/me/offline');
});

it.each([
  'ABCPR1234K',
  'loan-ABCPR1234K',
  'abcpr1234k',
  '2999-9999-9992',
  'x299999999992',
  'asha@example.com',
  ' a',
  '',
  '../a',
  'a/b',
  'a\u0000',
])('takes no reference like %j', async (reference) => {
  const answer = await post(inventedCustomer(reference));
  expect(answer.status).toBe(422);
  // What is shorter may be in any text.
  const told = reference.length > 3 && answer.text.includes(reference);
  expect(told).toBe(false);
});

it('refuses a full Aadhaar number anywhere in the details, and details that are none', async () => {
  const { details } = inventedCustomer('never') as {
    details: Record<string, unknown> & { address: object };
  };
  const wrong: object[] = [
    { ...details, name: 'Asha 2999 9999 9992' },
    { ...details, aadhaarLast4: '299999999992' },
    { ...details, address: { ...details.address, line1: 'UID 2999-9999-9992' } },
    { ...details, address: { ...details.address, line2: null } },
    { ...details, aadhaarNumber: '2999 9999 9992' },
    { ...details, panNumber: 'ABC' },
    { ...details, dob: '2023-02-30' },
    { ...details, dob: '2999-01-01' },
    { ...details, phone: '9000000000' },
    { ...details, gender: 'x' },
    {},
  ];
  for (const given of wrong) {
    const answer = await post({ ...inventedCustomer('never'), details: given });
    expect(answer.status).toBe(422);
    expect(answer.text).not.toMatch(/9999|Asha|UID/);
  }
  expect(
    (
      await request(stack.url, 'GET', `/v1/profiles/${profileIdOf(OUID, 'never')}`, {
        token: client.token,
      })
    ).status,
  ).toBe(404);
});

it('serves a case whose id ends in what passes for an Aadhaar number', async () => {
  // One UUID in some 3,500 does; its documents, tasks and lists must be as reachable as others'.
  const reference = Array.from({ length: 200_000 }, (_, i) => `case-${i}`).find((one) =>
    containsAadhaar(`${profileIdOf('bank-two', one)}.d1`),
  );
  if (reference === undefined) throw new Error('no such id among so many');
  const other = await stack.organization('bank-two');
  const agent = await stack.staff('bank-two', 'AGENT', 'agent-1');
  const it = await inCall(other, agent, reference);
  await callAndApprove(agent, it.customer, it.avSessionId);
  const reviewer = await stack.staff('bank-two', 'REVIEWER', 'reviewer-1');
  await checkAndApprove(reviewer, await takeReview(reviewer));
  const { status, seq } = await other.get<{ status: string; seq: number }>(
    `/v1/profiles/${it.profileId}`,
  );
  expect(status).toBe('APPROVED');
  await expect(
    other.get(`/v1/profiles?profileId=${it.profileId}&seq=${seq}`),
  ).resolves.toMatchObject({
    items: [{ profileId: it.profileId, profileStatus: 'APPROVED' }],
  });
  await expect(
    other.post('/v1/profiles', { ...inventedCustomer('next'), previousProfileId: it.profileId }),
  ).resolves.toMatchObject({ status: 'CAPTURE_PENDING' });
});
