import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeCustomer, until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { EventStream } from '../support/event-stream';
import { startStack, type Stack } from '../support/stack';
import { askCapture as ask } from './ask-capture';
import {
  codeOf,
  inCall,
  openBank,
  queued,
  stateOf,
  timelineOf,
  unhurried,
  type StartedCase,
} from './cases';
import { png, request, type Answer } from './http';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const bank = () => openBank(stack, `bank-captures-${(banks += 1)}`);
const CUSTOMER = '/v1/capture/call';

interface Asked {
  readonly requestId: string;
  readonly taskId: string;
  readonly kind: string;
  readonly state: string;
  readonly why: string;
  readonly documentId: string;
}

const send = (
  { customer }: { customer: ApiClient },
  requestId: string,
  body: Uint8Array<ArrayBuffer>,
  key?: string,
): Promise<Answer> =>
  request(stack.url, 'POST', `${CUSTOMER}/capture-requests/${requestId}/image`, {
    token: customer.token,
    type: 'image/png',
    body,
    ...(key !== undefined && { key }),
  });

const agentStream = (agent: ApiClient, avSessionId: string, lastEventId = '') =>
  EventStream.ofCall(stack.url, `/v1/av-sessions/${avSessionId}`, agent.token, lastEventId);
const customerStream = ({ customer }: StartedCase) =>
  EventStream.ofCall(stack.url, CUSTOMER, customer.token);

/** The capture request of the stream's last event that is so. */
const sees = (
  stream: EventStream,
  which: 'captureRequest' | 'lastCaptureRequest',
  expected: Partial<Asked>,
) =>
  until(`${which} ${JSON.stringify(expected)}`, () => {
    const asked = stream.last?.data[which] as Asked | null | undefined;
    const is =
      asked && Object.entries(expected).every(([name, v]) => asked[name as keyof Asked] === v);
    return Promise.resolve(is ? asked : undefined);
  });

it('brings an image from the customer’s camera to the agent who asked for it', async () => {
  const { client, agent } = await bank();
  const it = await inCall(client, agent, 'whole-step');
  const { avSessionId, profileId } = it;
  const [agents, customers] = await Promise.all([
    agentStream(agent, avSessionId),
    customerStream(it),
  ]);
  const requestId = await ask(agent, avSessionId);
  const asked = await sees(customers, 'captureRequest', { requestId, kind: 'PAN_CARD' });
  await expect(it.customer.get('/v1/capture')).resolves.toMatchObject({
    call: { captureRequest: { requestId, kind: 'PAN_CARD', state: 'OPEN' } },
  });
  const photo = png('pan', 3_000_000);
  const answer = await send(it, requestId, photo);
  expect(answer.status).toBe(201);
  const documentId = String(answer.json['id']);
  const answered = { requestId, state: 'ANSWERED', documentId };
  await sees(agents, 'lastCaptureRequest', answered);
  await sees(customers, 'lastCaptureRequest', answered);
  expect(agents.last?.data['captureRequest']).toBeNull();
  const session = await agent.get<object>(`/v1/av-sessions/${avSessionId}`);
  expect(session).toMatchObject({ captureRequests: [{ ...answered, taskId: asked.taskId }] });
  expect((session as { documents: object[] }).documents).toContainEqual(
    expect.objectContaining({
      documentId,
      kind: 'PAN_CARD',
      source: 'CUSTOMER',
      taskId: asked.taskId,
      replaced: false,
    }),
  );
  const content = await fetch(
    `${stack.url}/v1/profiles/${profileId}/documents/${documentId}/content`,
    { headers: { authorization: `Bearer ${agent.token}` } },
  );
  expect(Buffer.from(await content.arrayBuffer()).equals(photo)).toBe(true);
  const events = await timelineOf(stack, client, profileId);
  const sha256 = createHash('sha256').update(photo).digest('hex');
  // Its room may be opened at any time.
  const captured = events.slice(events.findIndex(({ eventType }) => eventType === 'av.opened'));
  expect(
    captured.filter(({ eventType }) => /^(capture-request|document)\./.test(eventType)),
  ).toMatchObject([
    { eventType: 'capture-request.asked', details: { requestId } },
    { eventType: 'document.received', details: { sha256 } },
    { eventType: 'capture-request.answered', details: { requestId, sha256, bytes: 3_000_000 } },
  ]);
  await Promise.all([agents.close(), customers.close()]);
});

it('keeps one document of an upload that is repeated, by its key or by its bytes', async () => {
  const { client, agent } = await bank();
  const it = await inCall(client, agent, 'repeated');
  const requestId = await ask(agent, it.avSessionId);
  const key = randomUUID();
  const first = await send(it, requestId, png('same'), key);
  const again = [
    await send(it, requestId, png('same'), key),
    await send(it, requestId, png('same')),
    await send(it, requestId, png('same'), randomUUID()),
  ];
  expect(again.map(({ status, json }) => [status, json['id']])).toEqual(
    again.map(() => [201, first.json['id']]),
  );
  expect((await send(it, requestId, png('else'), key)).json['code']).toBe('IDEMPOTENCY_CONFLICT');
  expect((await send(it, requestId, png('else'))).json['code']).toBe('CAPTURE_REQUEST_GONE');
  const { documents } = await stateOf(stack, it.profileId);
  expect(documents.filter(({ taskId }) => taskId !== undefined)).toHaveLength(1);
});

it('tells the agent what went wrong, and lets him ask again', async () => {
  const { client, agent } = await bank();
  const it = await inCall(client, agent, 'failed');
  const stream = await agentStream(agent, it.avSessionId);
  const first = await ask(agent, it.avSessionId);
  const path = `${CUSTOMER}/capture-requests/${first}/failure`;
  await it.customer.post(path, { why: 'NO_CAMERA' });
  await sees(stream, 'lastCaptureRequest', { requestId: first, state: 'FAILED', why: 'NO_CAMERA' });
  expect(await codeOf(it.customer.post(path, { why: 'DENIED' }))).toBe('CAPTURE_REQUEST_GONE');
  const second = await ask(agent, it.avSessionId);
  const third = await ask(agent, it.avSessionId, 'PASSPORT');
  await sees(stream, 'captureRequest', { requestId: third, kind: 'PASSPORT' });
  await sees(stream, 'lastCaptureRequest', { requestId: second, why: 'REPLACED' });
  expect((await send(it, second, png())).json['code']).toBe('CAPTURE_REQUEST_GONE');
  const pdf = new Uint8Array(Buffer.from('%PDF-1.7\n'.padEnd(64)));
  expect((await send(it, third, pdf)).json['code']).toBe('MEDIA_TYPE_NOT_ALLOWED');
  expect((await send(it, third, png())).status).toBe(201);
  await stream.close();
});

it('ends a request after its time, and both are told', async () => {
  const ouid = 'bank-captures-late';
  const client = await stack.organization(ouid, (settings) => {
    const { policy, ...other } = unhurried(settings);
    return { ...other, policy: { ...policy, timers: { ...policy.timers, captureRequest: 4_000 } } };
  });
  const agent = await stack.staff(ouid, 'AGENT', 'agent-1');
  const it = await inCall(client, agent, 'late');
  const [agents, customers] = await Promise.all([
    agentStream(agent, it.avSessionId),
    customerStream(it),
  ]);
  const requestId = await ask(agent, it.avSessionId);
  await sees(agents, 'lastCaptureRequest', { requestId, state: 'EXPIRED' });
  await sees(customers, 'lastCaptureRequest', { requestId, state: 'EXPIRED' });
  expect((await send(it, requestId, png())).json['code']).toBe('CAPTURE_REQUEST_GONE');
  const types = (await timelineOf(stack, client, it.profileId)).map(({ eventType }) => eventType);
  expect(types.filter((type) => type.startsWith('capture-request.'))).toEqual([
    'capture-request.asked',
    'capture-request.expired',
  ]);
  await Promise.all([agents.close(), customers.close()]);
});

it('is for the agent and the customer of the call', async () => {
  const { client, agent, other } = await bank();
  const it = await inCall(client, agent, 'people');
  const requestId = await ask(agent, it.avSessionId);
  const session = `/v1/av-sessions/${it.avSessionId}`;
  const body = { taskId: `${it.avSessionId}.t1`, kind: 'PAN_CARD' };
  expect(await codeOf(other.post(`${session}/capture-requests`, body))).toBe('NOT_ASSIGNED');
  expect(await codeOf(other.get(`${session}/events`))).toBe('NOT_ASSIGNED');
  const stranger = await queued(client, 'not-in-call');
  expect(await codeOf(stranger.customer.get(`${CUSTOMER}/events`))).toBe('CALL_NOT_OPEN');
  expect((await send(stranger, requestId, png())).json['code']).toBe('CALL_NOT_OPEN');
  const replaced = await customerStream(it);
  await it.customer.post('/v1/capture/sessions', { link: it.captureLink.token });
  await replaced.ended;
  expect((await send(it, requestId, png())).json['code']).toBe('CAPTURE_SESSION_CLOSED');
  expect(await codeOf(it.customer.get(`${CUSTOMER}/events`))).toBe('CAPTURE_SESSION_CLOSED');
});

it('goes on from the last event id, and ends with the call', async () => {
  const { client, agent } = await bank();
  const it = await inCall(client, agent, 'streams');
  const first = await agentStream(agent, it.avSessionId);
  await until('the room is open', () =>
    Promise.resolve(first.last?.data['room'] === 'OPEN' ? true : undefined),
  );
  await first.close();
  const second = await agentStream(agent, it.avSessionId, first.last?.id);
  const customers = await customerStream(it);
  await sleep(1_500);
  expect(second.events).toEqual([]);
  const requestId = await ask(agent, it.avSessionId);
  await sees(second, 'captureRequest', { requestId });
  await agent.post(`/v1/av-sessions/${it.avSessionId}/end`);
  await Promise.all([second.ended, customers.ended]);
  for (const stream of [second, customers]) {
    expect(stream.last?.data['endedAt']).not.toBe('');
    await sees(stream, 'lastCaptureRequest', { requestId, why: 'CALL_ENDED' });
  }
  const late = await agentStream(agent, it.avSessionId);
  await late.ended;
  expect(late.events).toHaveLength(1);
  expect(late.last?.data['endedAt']).toBe(second.last?.data['endedAt']);
  await agent.post(`/v1/av-sessions/${it.avSessionId}/decision`, {
    decision: 'UTV',
    reason: 'BIZ_FACE_NOT_VISIBLE',
  });
  const next = await takeCustomer(agent);
  expect(await ask(agent, next)).toBe(`${next}.r1`);
});
