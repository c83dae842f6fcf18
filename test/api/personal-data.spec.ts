import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import {
  checkAndApprove,
  inventedCustomer,
  takeReview,
  until,
  type Case,
} from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { startStack, type Stack } from '../support/stack';
import { created, inCall, inReview, passTasks, stateOf } from './cases';
import { png, problemFaults, request, type Answer } from './http';

let stack: Stack;
let log: LogClient;
beforeAll(async () => {
  stack = await startStack();
  log = createLogClient(stack.config.clickhouse);
}, 120_000);
afterAll(async () => {
  await log.close();
  await stack.stop();
});

const get = (by: ApiClient, path: string): Promise<Answer> =>
  request(stack.url, 'GET', path, { token: by.token });
const reads = (profileId: string): Promise<{ who: string; what: string; documentId: string }[]> =>
  select(
    log,
    `SELECT actor_id AS who, event_type AS what, document_id AS documentId FROM activity_log
     WHERE stream = 'access' AND profile_id = {profileId:String} ORDER BY occurred_at`,
    { profileId },
  );

async function bank(ouid: string) {
  const client = await stack.organization(ouid);
  const agent = await stack.staff(ouid, 'AGENT', 'agent-1');
  const reviewer = await stack.staff(ouid, 'REVIEWER', 'reviewer-1');
  return { client, agent, reviewer };
}

it('shows personal data to whom the case is with, and writes down each read first', async () => {
  const { client, agent, reviewer } = await bank('bank-read');
  const stranger = await stack.staff('bank-read', 'AGENT', 'agent-2');
  const { profileId, avSessionId, customer } = await inCall(client, agent, 'read');
  const [document] = (await stateOf(stack, profileId)).documents;
  const details = `/v1/profiles/${profileId}/details`;
  const content = `/v1/profiles/${profileId}/documents/${document?.documentId ?? ''}/content`;
  for (const path of [details, content]) {
    for (const by of [client, customer, stranger, reviewer])
      expect(problemFaults(await get(by, path), [403])).toEqual([]);
  }
  await expect(reads(profileId)).resolves.toEqual([]);
  const seen = await get(agent, details);
  await expect(reads(profileId)).resolves.toEqual([
    { who: 'agent-1', what: 'access.details-read', documentId: '' },
  ]);
  expect(seen.json).toEqual((inventedCustomer('read') as { details: object }).details);
  expect(seen.headers.get('cache-control')).toBe('no-store');
  const file = await get(agent, content);
  expect([
    file.status,
    file.headers.get('content-type'),
    file.headers.get('content-length'),
  ]).toEqual([200, 'image/png', String(document?.bytes)]);
  await expect(reads(profileId)).resolves.toHaveLength(2);
  expect(
    problemFaults(
      await get(agent, `/v1/profiles/${profileId}/documents/${profileId}.d99/content`),
      [404],
    ),
  ).toEqual([]);

  await passTasks(agent, avSessionId);
  await agent.post(`/v1/av-sessions/${avSessionId}/decision`, {
    decision: 'APPROVED',
    remark: 'she is who she says',
  });
  for (const path of [details, content])
    expect(problemFaults(await get(agent, path), [403])).toEqual([]);
  expect(await takeReview(reviewer)).toBe(profileId);
  for (const path of [details, content]) expect((await get(reviewer, path)).status).toBe(200);
  await expect(reviewer.get(`/v1/profiles/${profileId}/remarks/maker`)).resolves.toEqual({
    remark: 'she is who she says',
  });
  await checkAndApprove(reviewer, profileId);
  for (const path of [details, content])
    expect(problemFaults(await get(reviewer, path), [403])).toEqual([]);
  expect((await reads(profileId)).map(({ who, what }) => `${who} ${what}`)).toEqual([
    'agent-1 access.details-read',
    'agent-1 access.document-read',
    'reviewer-1 access.details-read',
    'reviewer-1 access.document-read',
    'reviewer-1 access.remark-read',
  ]);
});

describe('while ClickHouse is down', () => {
  it('goes on with journeys, refuses reads of personal data and new cases, and loses no event', async () => {
    const { client, agent, reviewer } = await bank('bank-down');
    const before = await created(client, 'begun-before');
    const { avSessionId, profileId } = await inCall(client, agent, 'in-call');
    await stack.clickhouse.kill();
    try {
      for (const path of [
        `/v1/profiles/${profileId}/details`,
        `/v1/profiles/${profileId}/documents/${profileId}.d1/content`,
      ]) {
        const read = await get(agent, path);
        expect([path, ...problemFaults(read, [503])]).toEqual([path]);
        expect(read.json['code']).toBe('LOG_UNAVAILABLE');
      }
      const creation = await request(stack.url, 'POST', '/v1/profiles', {
        token: client.token,
        json: inventedCustomer('not-now'),
      });
      expect(problemFaults(creation, [503])).toEqual([]);
      expect(Number(creation.headers.get('retry-after'))).toBeGreaterThan(0);
      for (const path of ['/v1/profiles', `/v1/profiles/${profileId}/timeline`])
        expect(problemFaults(await get(client, path), [503])).toEqual([]);
      const ready = await until('the probe to notice', async () => {
        const answer = await request(stack.url, 'GET', '/readyz');
        return answer.json['clickhouse'] === false ? answer : undefined;
      });
      expect([ready.status, ready.json['status']]).toEqual([200, 'degraded']);

      const { token } = await client.post<{ token: string }>('/v1/capture/sessions', {
        link: before.captureLink.token,
      });
      const customer = client.as(token);
      await customer.post('/v1/capture/consent', {
        version: '2026-01',
        language: 'en',
        textSha256: 'a'.repeat(64),
      });
      await customer.upload('/v1/capture/documents?kind=PAN_CARD', png('x'), 'image/png');
      await agent.post(`/v1/av-sessions/${avSessionId}/join`);
      await passTasks(agent, avSessionId);
      await agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'APPROVED' });
      await checkAndApprove(reviewer, await takeReview(reviewer));
      await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
        status: 'APPROVED',
        source: 'WORKFLOW',
      });
    } finally {
      await stack.clickhouse.start();
    }
    await stack.client.workflow.getHandle(`profile/${profileId}`).result();
    for (const id of [profileId, before.profileId]) {
      const { seq } = await stateOf(stack, id);
      const { events } = await until('the log to catch up', async () => {
        const page = await client.get<{ complete: boolean; events: { seq: number }[] }>(
          `/v1/profiles/${id}/timeline?limit=1000&seq=${seq}`,
        );
        return page.complete ? page : undefined;
      });
      expect(events.map((event) => event.seq)).toEqual(
        Array.from({ length: seq }, (_, i) => i + 1),
      );
    }
  }, 90_000);
});

describe('while no worker runs', () => {
  it('serves one case from the log and says so, to its client only', async () => {
    const { client, agent } = await bank('bank-idle');
    const { profileId } = await inReview(client, agent, 'idle');
    const whole = await client.get<Case & { seq: number; source: string }>(
      `/v1/profiles/${profileId}`,
    );
    expect(whole.source).toBe('WORKFLOW');
    const { complete } = await client.get<{ complete: boolean }>(
      `/v1/profiles/${profileId}/timeline?seq=${whole.seq}`,
    );
    expect(complete).toBe(true);
    await stack.worker.stop();
    try {
      const { json } = await get(client, `/v1/profiles/${profileId}`);
      expect(json).toMatchObject({ profileId, status: whole.status, source: 'LOG' });
      // The room of the call may have been locked since.
      expect(json['seq']).toBeGreaterThanOrEqual(whole.seq);
      expect(Date.parse(String(json['asOf']))).toBeLessThanOrEqual(Date.now());
      const [late, ...others] = await Promise.all([
        request(stack.url, 'POST', `/v1/profiles/${profileId}/cancel`, {
          token: client.token,
          json: { cancelReason: 'CLIENT_REQUEST' },
        }),
        get(agent, `/v1/profiles/${profileId}`),
        get(agent, '/v1/agents/me'),
      ]);
      expect(others.flatMap((answer) => problemFaults(answer, [503]))).toEqual([]);
      expect(problemFaults(late, [504])).toEqual([]);
      expect(late.json['code']).toBe('OUTCOME_UNKNOWN');
    } finally {
      await stack.restartWorker();
    }
    // What was not answered took effect once, and its repeat learns so.
    await expect(
      client.post(`/v1/profiles/${profileId}/cancel`, { cancelReason: 'CLIENT_REQUEST' }),
    ).rejects.toMatchObject({ code: 'PROFILE_FINAL' });
  }, 90_000);
});

describe('without Temporal', () => {
  it('lives, is not ready, and says that nothing can be reached', async () => {
    const client = await stack.organization('bank-alone');
    await client.get('/v1/profiles');
    await stack.worker.stop();
    await stack.temporal.stop();
    expect((await request(stack.url, 'GET', '/livez')).status).toBe(200);
    const ready = await until('the probe to notice', async () => {
      const answer = await request(stack.url, 'GET', '/readyz');
      return answer.status === 503 ? answer : undefined;
    });
    expect(ready.json).toEqual({ status: 'not ready', temporal: false, clickhouse: true });
    const answer = await request(stack.url, 'POST', '/v1/profiles', {
      token: client.token,
      json: inventedCustomer('alone'),
    });
    expect(problemFaults(answer, [503])).toEqual([]);
    expect(answer.headers.get('retry-after')).not.toBeNull();
  }, 90_000);
});
