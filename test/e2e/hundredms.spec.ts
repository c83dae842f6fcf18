import { setTimeout as sleep } from 'node:timers/promises';
import type { ProfileState } from '../../src/domain/profile/state';
import {
  callAndApprove,
  capture,
  checkAndApprove,
  inventedCustomer,
  takeCustomer,
  takeReview,
  until,
} from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import type { Emulator } from '../emulator/emulator';
import {
  type HundredMsStack,
  startHundredMsStack,
  WEBHOOK_HEADERS,
  webhooksAt,
} from '../support/hundredms-stack';
import type { Stack } from '../support/stack';

const OUID = 'bank-one';

let product: HundredMsStack;
let emulator: Emulator;
let stack: Stack;
let client: ApiClient;

beforeAll(async () => {
  product = await startHundredMsStack(OUID);
  ({ emulator, stack } = product);
  client = await stack.organization(OUID);
  // So short that a test sees them pass.
  Object.assign(emulator.workspace.delays, {
    dropReportedMs: 300,
    recorderJoinsMs: 50,
    recorderLeavesMs: 50,
    compositeFileMs: 200,
  });
}, 120_000);
afterAll(() => product.stop(), 30_000);

const AGENT = 'agent-1';

interface Join {
  readonly provider: string;
  readonly token: string;
}

it('holds the call in a room of 100ms, whose first answers are lost, and leaves it locked', async () => {
  emulator.faults.add('POST /rooms', { kind: 'drop-after' });
  emulator.faults.add('GET /rooms', { kind: 'answer', status: 503, body: '<html>' });
  const agent = await stack.staff(OUID, 'AGENT', AGENT);
  const created = await client.post<{ captureLink: { token: string } }>(
    '/v1/profiles',
    inventedCustomer('case-1'),
  );
  const customer = await capture(client, created.captureLink.token);
  const avSessionId = await takeCustomer(agent);

  const join = await customer.post<Join>('/v1/capture/call/join');
  expect(join.provider).toBe('hundredms');
  expect(emulator.workspace.join(join.token).role).toBe('customer');
  const his = await agent.post<Join>(`/v1/av-sessions/${avSessionId}/join`);
  expect(emulator.workspace.join(his.token).role).toBe('agent');
  await callAndApprove(agent, customer, avSessionId);

  const room = emulator.workspace.roomNamed(avSessionId);
  await until('the lock', () => Promise.resolve(room?.enabled === false || undefined));
  expect(emulator.workspace.rooms.size).toBe(1);
  expect(emulator.workspace.sessions.size).toBe(0);
  expect(() => emulator.workspace.join(join.token)).toThrow('room is disabled');
  const reviewer = await stack.staff(OUID, 'REVIEWER', 'reviewer-1');
  await checkAndApprove(reviewer, await takeReview(reviewer));
});

/** A case in a call, and what both need to enter it. */
async function inCall(name: string) {
  const agent = await stack.staff(OUID, 'AGENT', AGENT);
  const created = await client.post<{ profileId: string; captureLink: { token: string } }>(
    '/v1/profiles',
    inventedCustomer(name),
  );
  const { profileId } = created;
  const customer = await capture(client, created.captureLink.token);
  const avSessionId = await takeCustomer(agent);
  const seen = async (): Promise<ProfileState['avSessions'][number] | undefined> => {
    const handle = stack.client.workflow.getHandle(`profile/${profileId}`);
    return (await handle.query<ProfileState>('profile')).avSessions.at(-1);
  };
  const enter = async (): Promise<[string, string]> => {
    const { token } = await until('the room', async () => {
      return (await seen())?.room === 'OPEN'
        ? customer.post<Join>('/v1/capture/call/join')
        : undefined;
    });
    const his = await agent.post<Join>(`/v1/av-sessions/${avSessionId}/join`);
    return [emulator.workspace.join(token).id, emulator.workspace.join(his.token).id];
  };
  return { agent, customer, profileId, avSessionId, seen, enter };
}

it('knows from webhooks who is in, and what became of the recording', async () => {
  const { agent, customer, profileId, avSessionId, seen, enter } = await inCall('recorded');
  await enter();
  const peers = async () => ((await seen())?.peers?.length === 2 ? true : undefined);
  await until('both connections', peers);
  await callAndApprove(agent, customer, avSessionId);
  await until('the file', async () => (await seen())?.recording?.state === 'RECORDED' || undefined);

  const reviewer = await stack.staff(OUID, 'REVIEWER', 'reviewer-1');
  expect(await takeReview(reviewer)).toBe(profileId);
  const recording = await reviewer.get<{ state: string; files: { kind: string; url: string }[] }>(
    `/v1/profiles/${profileId}/av-sessions/${avSessionId}/recording`,
  );
  expect(recording).toMatchObject({ state: 'RECORDED', files: [{ kind: 'ROOM' }] });
  expect(recording.files[0]?.url).toMatch(/^https?:/);
  await checkAndApprove(reviewer, profileId);
  await stack.client.workflow.getHandle(`profile/${profileId}`).result();

  const supervisor = await stack.staff(OUID, 'SUPERVISOR', 'supervisor-1');
  await emulator.webhooks.settled();
  const types = await until('all events', async () => {
    const found = await supervisor.get<{ entries: { source: string; type: string }[] }>(
      `/v1/av-sessions/${avSessionId}/inspection`,
    );
    const by = (source: string): string[] =>
      found.entries.filter((entry) => entry.source === source).map(({ type }) => type);
    return by('WEBHOOK').includes('beam.recording.success')
      ? { log: by('LOG'), webhooks: by('WEBHOOK') }
      : undefined;
  });
  expect(types.webhooks).toEqual(
    expect.arrayContaining(['session.open.success', 'peer.join.success', 'peer.leave.success']),
  );
  expect(types.log).toEqual(
    expect.arrayContaining([
      'av.peer-joined',
      'av.started',
      'av.recorded',
      'access.recording-read',
    ]),
  );
}, 90_000);

it('takes who lost his connection for gone, though his client said nothing', async () => {
  const { agent, avSessionId, seen, enter } = await inCall('dropped');
  const [customersPeer] = await enter();
  emulator.workspace.dropConnection(customersPeer);
  await until('his absence', async () => (await seen())?.gone?.who === 'CUSTOMER' || undefined);
  await agent.post(`/v1/av-sessions/${avSessionId}/end`);
  expect(await seen()).toMatchObject({
    endWhy: 'AGENT_ENDED',
    systemCause: 'TECH_CALL_DROPPED_CUSTOMER',
  });
  const utv = { decision: 'UTV', reason: 'TECH_CUSTOMER_NO_SHOW' };
  await agent.post(`/v1/av-sessions/${avSessionId}/decision`, utv);
}, 60_000);

it('makes good what webhooks lost, by asking; asked again it changes nothing', async () => {
  const { agent, customer, avSessionId, seen, enter } = await inCall('lost');
  emulator.webhooks.sendTo(undefined);
  await enter();
  await callAndApprove(agent, customer, avSessionId);
  const recorded = async () => (await seen())?.recording?.state === 'RECORDED' || undefined;
  const schedule = stack.client.schedule.getHandle('video-kyc-reconciler');
  await until('the file', async () => {
    await schedule.trigger();
    await sleep(1_000);
    return recorded();
  });
  expect((await seen())?.peers?.map(({ leftAt }) => leftAt !== undefined)).toEqual([true, true]);
  const before = await seen();
  await schedule.trigger();
  await sleep(2_000);
  expect(await seen()).toEqual(before);

  // Each round asks for undelivered webhooks from where the one before had ended.
  const replays = emulator.calls
    .filter(({ call }) => call === 'POST /analytics/webhooks/replay')
    .map(({ body }) => body as { start_time: string; end_time: string });
  expect(replays.length).toBeGreaterThan(1);
  expect(replays.slice(1).map(({ start_time: from }) => from)).toEqual(
    replays.slice(0, -1).map(({ end_time: to }) => to),
  );
}, 90_000);

it.each([
  ['no secret', '/main', {}, 401],
  ['another secret', '/main', { 'x-vkyc-webhook': 'guessed-guessed-guessed-guess' }, 401],
  ['another workspace', '/other', WEBHOOK_HEADERS, 404],
  ['the test button’s filler', '/main', WEBHOOK_HEADERS, 200],
])('answers a webhook with %s', async (_, workspace, headers, status) => {
  const body = {
    version: '2.0',
    id: 'test-event-id',
    timestamp: '20XX-0X-0XT10:XX:XXZ',
    type: 'session.open.success',
    data: { room_name: 'Sample Room Name', session_id: 'test-session' },
  };
  const answer = await fetch(webhooksAt(stack.url).replace('/main', workspace), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(status);
});
