import type { ApiClient } from '../../src/local/demo/http';
import { inventedCustomer, takeCustomer, takeReview, type Case } from '../../src/local/demo/actors';
import { startStack, type Stack } from '../support/stack';
import { codeOf, inCall, inReview, passTasks, SHA, stateOf, type Created, openBank } from './cases';
import { png, post, request, type Answer, type RawCall } from './http';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

interface Sent extends RawCall {
  readonly path: string;
  readonly first: Answer;
}

/** What a repeat must answer again: all of it, but for the token of a login, which is issued anew. */
const essence = ({ status, json }: Answer): object =>
  'captureSessionId' in json ? { status, id: json['captureSessionId'] } : { status, json };

const bank = (ouid: string) => openBank(stack, ouid);

it('answers every command of a journey the same again, also when it is over', async () => {
  const { client, agent, reviewer } = await bank('bank-repeat');
  const sent: Sent[] = [];
  const act = async (
    by: ApiClient,
    path: string,
    call: RawCall = { json: {} },
  ): Promise<Record<string, unknown>> => {
    const whole = { ...call, token: by.token, key: `key-${sent.length}` };
    const first = await post(stack.url, path, whole);
    if (first.status >= 300) throw new Error(`${path}: ${first.text}`);
    expect(essence(await post(stack.url, path, whole))).toEqual(essence(first));
    sent.push({ ...whole, path, first });
    return first.json;
  };
  const { profileId } = await client.post<Created>('/v1/profiles', inventedCustomer('repeat'));
  const link = await act(client, `/v1/profiles/${profileId}/capture-links`);
  const session = await act(client, '/v1/capture/sessions', { json: { link: link['token'] } });
  const customer = client.as(String(session['token']));
  await act(customer, '/v1/capture/consent', {
    json: { version: '2026-01', language: 'en', textSha256: SHA },
  });
  for (const kind of ['PAN_CARD', 'AADHAAR_MASKED', 'CUSTOMER_PHOTO']) {
    await act(customer, `/v1/capture/documents?kind=${kind}`, {
      type: 'image/png',
      body: png(kind),
    });
  }
  await act(customer, '/v1/capture/submit', { json: { language: 'en' } });
  const av = `/v1/av-sessions/${await takeCustomer(agent)}`;
  await act(agent, `${av}/tasks`, {
    json: { check: { kind: 'DETAIL', field: 'dob' }, mandatory: true },
  });
  await act(agent, `${av}/images?kind=CALL_CAPTURE`, { type: 'image/png', body: png('face') });
  const { tasks } = await agent.get<Case>(av);
  for (const answer of ['failure', 'image']) {
    const wanted = { taskId: tasks[0]?.taskId, kind: 'PASSPORT' };
    const { id } = await act(agent, `${av}/capture-requests`, { json: wanted });
    const call =
      answer === 'image'
        ? { type: 'image/png', body: png('passport') }
        : { json: { why: 'DENIED' } };
    await act(customer, `/v1/capture/call/capture-requests/${String(id)}/${answer}`, call);
  }
  for (const { taskId } of tasks)
    await act(agent, `${av}/tasks/${taskId}/verdict`, { json: { verdict: 'PASS' } });
  await act(agent, `${av}/end`);
  await act(agent, `${av}/decision`, { json: { decision: 'APPROVED', remark: 'all well' } });
  const review = `/v1/reviews/${profileId}`;
  expect(await takeReview(reviewer)).toBe(profileId);
  await act(reviewer, `${review}/release`);
  expect(await takeReview(reviewer)).toBe(profileId);
  const { documents } = await reviewer.get<Case>(review);
  for (const { documentId } of documents)
    await act(reviewer, `${review}/verdicts`, { json: { documentId, verdict: 'PASS' } });
  for (const { taskId } of tasks)
    await act(reviewer, `${review}/verdicts`, { json: { taskId, verdict: 'PASS' } });
  await act(reviewer, `${review}/decision`, { json: { decision: 'APPROVED', remark: 'agreed' } });

  const { seq } = await client.get<{ seq: number }>(`/v1/profiles/${profileId}`);
  await stack.client.workflow.getHandle(`profile/${profileId}`).result();
  const state = await stateOf(stack, profileId);
  expect(state.closed).toBe(true);
  const again = [];
  for (const { path, first, ...call } of sent)
    again.push([path, essence(await post(stack.url, path, call)), essence(first)]);
  expect(again.map(([path, now]) => [path, now])).toEqual(
    again.map(([path, , before]) => [path, before]),
  );
  await expect(stateOf(stack, profileId)).resolves.toEqual(state);
  expect(state.seq).toBeGreaterThanOrEqual(seq);

  // Another body under a used key is a conflict, before and after the end; an unused key finds it over.
  for (const { path, first: _, ...call } of sent.filter(
    ({ json }) => Object.keys(json ?? {}).length > 0,
  )) {
    if (path.endsWith('sessions')) continue; // bodies of one field whose other values are no links
    const json = { ...(call.json as object), ...other(path) };
    expect([path, (await post(stack.url, path, { ...call, json })).json['code']]).toEqual([
      path,
      'IDEMPOTENCY_CONFLICT',
    ]);
  }
  const late = await post(stack.url, `${review}/decision`, {
    token: reviewer.token,
    key: 'unused',
    json: { decision: 'APPROVED' },
  });
  expect([late.status, late.json['code']]).toEqual([409, 'PROFILE_FINAL']);
}, 90_000);

/** A valid change to the body of a command. */
function other(path: string): object {
  if (path.endsWith('capture-requests')) return { kind: 'SIGNATURE' };
  if (path.endsWith('failure')) return { why: 'DECLINED' };
  if (path.endsWith('consent')) return { language: 'hi' };
  if (path.endsWith('submit')) return { skills: ['savings'] };
  if (path.endsWith('tasks')) return { mandatory: false };
  if (path.endsWith('decision')) return { remark: 'something else' };
  return { verdict: 'FAIL' };
}

it('answers a decision without a key once, and its repeat the same', async () => {
  const { client, agent, reviewer } = await bank('bank-natural');
  const { profileId } = await inReview(client, agent, 'natural');
  const review = `/v1/reviews/${profileId}`;
  await takeReview(reviewer);
  const json = {
    decision: 'REJECTED',
    reason: 'BIZ_DOC_TAMPERED',
    overrideReason: 'MAKER_ERROR',
    remark: 'forged',
  };
  const decide = (): Promise<Answer> =>
    request(stack.url, 'POST', `${review}/decision`, { token: reviewer.token, json });
  const answers = await Promise.all([decide(), decide(), decide()]);
  await stack.client.workflow.getHandle(`profile/${profileId}`).result();
  expect(
    new Set([...answers, await decide()].map(({ status, text }) => `${status} ${text}`)).size,
  ).toBe(1);
  expect(answers[0].json).toMatchObject({ status: 'REJECTED' });
  const { events } = await client.get<{ events: { eventType: string }[] }>(
    `/v1/profiles/${profileId}/timeline?limit=1000&seq=${(await stateOf(stack, profileId)).seq}`,
  );
  expect(events.filter(({ eventType }) => eventType === 'checker.decided')).toHaveLength(1);
});

it('lets the key of a refused command be used again', async () => {
  const { client, agent } = await bank('bank-refused');
  const { avSessionId, profileId } = await inCall(client, agent, 'refused');
  const decide = (): Promise<unknown> =>
    agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'APPROVED' }, 'same-key');
  expect(await codeOf(decide())).toBe('TASK_OPEN');
  await passTasks(agent, avSessionId);
  await expect(decide()).resolves.toMatchObject({ profileId, status: 'REVIEW_PENDING' });
});

it('takes one key of different people, routes and calls for different commands', async () => {
  const { client, agent } = await bank('bank-keys');
  const { avSessionId, customer, profileId } = await inCall(client, agent, 'keys');
  const session = `/v1/av-sessions/${avSessionId}`;
  const [task] = (await agent.get<Case>(session)).tasks;
  const key = 'k';
  await agent.post(`${session}/tasks/${task?.taskId ?? ''}/verdict`, { verdict: 'PASS' }, key);
  await expect(agent.post(`${session}/end`, {}, key)).resolves.toMatchObject({
    status: 'DECISION_PENDING',
  });
  await expect(
    agent.post(`${session}/decision`, { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE' }, key),
  ).resolves.toMatchObject({ status: 'QUEUED' });
  const second = await takeCustomer(agent);
  expect(second).toBe(`${profileId}.2`);
  // The first call's answer would look like success while the second call goes on.
  expect(await codeOf(agent.post(`/v1/av-sessions/${second}/end`, {}, key))).toBe(
    'IDEMPOTENCY_CONFLICT',
  );
  await expect(agent.post(`/v1/av-sessions/${second}/end`, {}, 'k2')).resolves.toMatchObject({
    status: 'DECISION_PENDING',
    id: second,
  });
  await expect(
    client.post(`/v1/profiles/${profileId}/cancel`, { cancelReason: 'CLIENT_REQUEST' }, key),
  ).resolves.toMatchObject({ status: 'CANCELLED' });
  await expect(customer.get('/v1/capture')).resolves.toMatchObject({ status: 'CANCELLED' });
});

it('takes more commands at once than Temporal takes in flight', async () => {
  const { client, agent } = await bank('bank-many');
  const { avSessionId, profileId } = await inCall(client, agent, 'many');
  const add = (i: number): Promise<{ id: string }> =>
    agent.post(`/v1/av-sessions/${avSessionId}/tasks`, {
      check: { kind: 'QUESTION', questionId: `q-${i}` },
      mandatory: false,
    });
  const answers = await Promise.all(Array.from({ length: 25 }, (_, i) => add(i)));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(25);
  expect((await stateOf(stack, profileId)).tasks).toHaveLength(28);
});
