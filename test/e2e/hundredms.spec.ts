import {
  callAndApprove,
  capture,
  inventedCustomer,
  takeCustomer,
  until,
} from '../../src/local/demo/actors';
import { provisionCommand } from '../../src/video-provision/provision-command';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { startStack, type Stack } from '../support/stack';

const OUID = 'bank-one';

let emulator: Emulator;
let stack: Stack;

beforeAll(async () => {
  emulator = await startEmulator();
  const keys = {
    HUNDREDMS_API_URL: emulator.url,
    HUNDREDMS_ACCESS_KEY: emulator.workspace.keys.accessKey,
    HUNDREDMS_APP_SECRET: emulator.workspace.keys.appSecret,
  };
  const bucket = { HUNDREDMS_BUCKET_KEY: 'k', HUNDREDMS_BUCKET_SECRET: 's' };
  const flags = ['--ouid', OUID, '--bucket', 's3://b/p', '--bucket-region', 'ap-south-1'];
  await provisionCommand(flags, { env: { ...keys, ...bucket }, out: () => undefined });
  const [templateId = ''] = emulator.workspace.templates.keys();
  stack = await startStack({
    env: {
      ...keys,
      VIDEO_PROVIDER: 'hundredms',
      HUNDREDMS_TEMPLATES: `${OUID}=${templateId}`,
    },
  });
}, 120_000);
afterAll(async () => {
  await stack.stop();
  await emulator.close();
}, 30_000);

interface Join {
  readonly provider: string;
  readonly token: string;
}

it('holds the call in a room of 100ms, whose first answers are lost, and leaves it locked', async () => {
  emulator.faults.add('POST /rooms', { kind: 'drop-after' });
  emulator.faults.add('GET /rooms', { kind: 'answer', status: 503, body: '<html>' });
  const client = await stack.organization(OUID);
  const agent = await stack.staff(OUID, 'AGENT', 'agent-1');
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
});
