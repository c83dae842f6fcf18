import { decodeJwt } from 'jose';
import type { ProfileState } from '../../src/domain/profile/state';
import {
  callAndApprove,
  capture,
  inventedCustomer,
  takeCustomer,
  until,
} from '../../src/local/demo/actors';
import { ApiClient } from '../../src/local/demo/http';
import { request } from '../api/http';
import { Devices } from '../support/devices';
import { type HundredMsStack, startHundredMsStack } from '../support/hundredms-stack';

const OUID = 'bank-asks';
const RECORDER_PAGE = 'https://kyc.example/recorder';

let product: HundredMsStack;
let devices: Devices;
let client: ApiClient;

beforeAll(async () => {
  product = await startHundredMsStack(OUID, {
    flags: ['--auto-start', 'off'],
    env: { HUNDREDMS_RECORDING: 'on-request', HUNDREDMS_RECORDER_URL: RECORDER_PAGE },
  });
  const { emulator, stack } = product;
  client = await stack.organization(OUID);
  devices = await Devices.open(stack.url, emulator);
  Object.assign(emulator.workspace.delays, {
    recorderJoinsMs: 50,
    recorderLeavesMs: 50,
    compositeFileMs: 200,
  });
}, 120_000);
afterAll(async () => {
  await devices.close();
  await product.stop();
}, 30_000);

const joinAsRecorder = (code: string) =>
  request(product.stack.url, 'POST', '/v1/recorder/join', { json: { code } });

it('has the call recorded by our page from when both are in to its end', async () => {
  const { emulator, stack } = product;
  const { workspace } = emulator;
  const agent = new ApiClient(devices.url).as((await stack.staff(OUID, 'AGENT', 'agent-1')).token);
  const created = await client.post<{ profileId: string; captureLink: { token: string } }>(
    '/v1/profiles',
    inventedCustomer('case-1'),
  );
  const { token: login } = await capture(client, created.captureLink.token);
  const customer = new ApiClient(devices.url).as(login);
  const avSessionId = await takeCustomer(agent);
  const handle = stack.client.workflow.getHandle(`profile/${created.profileId}`);
  const seen = async (): Promise<ProfileState['avSessions'][number] | undefined> =>
    (await handle.query<ProfileState>('profile')).avSessions.at(-1);

  await until('the room', async () => ((await seen())?.room === 'OPEN' ? true : undefined));
  await customer.post('/v1/capture/call/join');
  await agent.post(`/v1/av-sessions/${avSessionId}/join`);
  const running = async () => ((await seen())?.recording?.state === 'RUNNING' ? true : undefined);
  await until('the recorder', running);

  const path = `/v1/av-sessions/${avSessionId}`;
  expect(await agent.get<{ recording: string }>(path)).toMatchObject({ recording: 'RUNNING' });

  // Its browser has our page, the page has the code, and the code is worth a token for this call.
  const [recording] = workspace.recordings.values();
  const { origin, pathname, hash } = new URL(recording?.meetingUrl ?? '');
  expect(`${origin}${pathname}`).toBe(RECORDER_PAGE);
  const code = new URLSearchParams(hash.slice(1)).get('code') ?? '';
  const joined = await joinAsRecorder(code);
  expect([joined.status, joined.json]).toMatchObject([200, { avSessionId, provider: 'hundredms' }]);
  expect(decodeJwt(String(joined.json['token']))).toMatchObject({
    role: 'recorder',
    room_id: workspace.roomNamed(avSessionId)?.id,
  });
  expect((await joinAsRecorder(`${code.slice(0, -43)}${'A'.repeat(43)}`)).status).toBe(401);

  // The agent asks for what is so already: nothing is recorded twice.
  await agent.post(`${path}/recording/start`);
  await callAndApprove(agent, customer, avSessionId);
  await until('the file', async () =>
    (await seen())?.recording?.state === 'RECORDED' ? true : undefined,
  );
  const session = await seen();
  expect(session?.recording?.files).toHaveLength(1);
  expect(new Set(session?.peers?.map(({ who }) => who))).toEqual(new Set(['AGENT', 'CUSTOMER']));
  expect(workspace.recordings.size).toBe(1);
  const answer = await joinAsRecorder(code);
  expect([answer.status, answer.json['code']]).toEqual([409, 'CALL_NOT_OPEN']);
}, 90_000);
