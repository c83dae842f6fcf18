import {
  callAndApprove,
  capture,
  inventedCustomer,
  checkAndApprove,
  takeCustomer,
  takeReview,
} from '../../src/local/demo/actors';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(async () => {
  await stack.stop();
}, 30_000);

interface Timeline {
  events: { seq: number; eventType: string; profileStatus: string }[];
}

it('runs from creation to APPROVED, with every event in the log once and in order', async () => {
  const client = await stack.organization('bank-one');
  const agent = await stack.staff('bank-one', 'AGENT', 'agent-1');
  const reviewer = await stack.staff('bank-one', 'REVIEWER', 'reviewer-1');

  const created = await client.post<{ profileId: string; captureLink: { token: string } }>(
    '/v1/profiles',
    inventedCustomer('case-1'),
  );
  const customer = await capture(client, created.captureLink.token);
  const avSessionId = await takeCustomer(agent);
  expect(avSessionId).toBe(`${created.profileId}.1`);
  await callAndApprove(agent, customer, avSessionId);
  expect(await takeReview(reviewer)).toBe(created.profileId);
  await checkAndApprove(reviewer, created.profileId);

  const { status, seq } = await client.get<{ status: string; seq: number }>(
    `/v1/profiles/${created.profileId}`,
  );
  expect(status).toBe('APPROVED');
  const { events } = await client.get<Timeline>(
    `/v1/profiles/${created.profileId}/timeline?limit=1000&seq=${seq}`,
  );
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  expect(events.at(-1)).toMatchObject({ eventType: 'profile.closed', profileStatus: 'APPROVED' });
});
