import { HundredMsClient } from '../../src/video/hundredms/client';
import { type Emulator, startEmulator } from './emulator';

// The emulator refuses what the service's reference refuses; else tests against it would be worth little.

let emulator: Emulator;
let client: HundredMsClient;

beforeEach(async () => {
  emulator = await startEmulator();
  const { accessKey, appSecret } = emulator.workspace.keys;
  const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
  client = new HundredMsClient(keys, { timeoutMs: 1_500 });
});
afterEach(() => emulator.close());

const role = (more: object): object => ({ name: 'kyc', roles: { a: { name: 'a', ...more } } });
const video = (layers: object[]): object =>
  role({ publishParams: { simulcast: { video: { layers } } } });

it.each<[string, string, object, number]>([
  ['a room name with a space', '/rooms', { name: 'a b' }, 400],
  ['a template by name', '/rooms', { template: 'kyc' }, 400],
  ['a template that is not there', '/rooms', { template_id: 'x' }, 400],
  ['a call too long', '/rooms', { max_duration_seconds: 43_201 }, 400],
  ['a region', '/rooms', { region: 'mars' }, 400],
  ['a misspelt field', '/rooms', { templateId: 'x' }, 400],
  ['a bucket without a name', '/rooms', { recording_info: { upload_info: { type: 's3' } } }, 400],
  ['a room that is not there', '/rooms/0', { enabled: false }, 404],
  ['an end of nothing', '/active-rooms/0/end-room', { lock: true }, 404],
  ['an address', '/nowhere', {}, 404],
  ['a template without roles', '/templates', { name: 'kyc' }, 400],
  ['a template name', '/templates', { ...role({}), name: 'a/b' }, 400],
  ['a permission', '/templates', role({ permissions: { fly: true } }), 400],
  ['a role nobody has', '/templates', role({ subscribeParams: { subscribeToRoles: ['b'] } }), 400],
  ['a priority', '/templates', role({ priority: 6 }), 400],
  ['a bit rate', '/templates', role({ publishParams: { video: { bitRate: 2001 } } }), 400],
  ['layers in a wrong order', '/templates', video([{ rid: 'h', scaleResolutionDownBy: 1 }]), 400],
  [
    'a first layer made smaller',
    '/templates',
    video([{ rid: 'f', scaleResolutionDownBy: 2 }]),
    400,
  ],
])('refuses %s', async (_, path, body, status) => {
  await expect(client.post(path, body)).rejects.toMatchObject({ status });
});

it('takes exactly one recording, by a role that is there', async () => {
  const { id } = (await client.post('/templates', role({}))) as { id: string };
  const post = (body: object) => client.post(`/templates/${id}/recordings`, body);
  await expect(post([{ role: 'b' }])).rejects.toMatchObject({ status: 400 });
  await expect(post([{ role: 'a' }, { role: 'a' }])).rejects.toMatchObject({ status: 400 });
  expect(await post([{ role: 'a' }])).toEqual([{ role: 'a' }]);
});

it('overwrites a room and a template of the same name, whatever its case', async () => {
  const template = await client.post('/templates', role({ priority: 1 }));
  expect(await client.post('/templates', role({}))).toMatchObject({
    id: (template as { id: string }).id,
    roles: { a: { permissions: { browserRecording: true, hlsStreaming: true } } },
  });
  const room = await client.post('/rooms', { name: 'A', description: 'one' });
  expect(await client.post('/rooms', { name: 'a' })).toMatchObject({
    id: (room as { id: string }).id,
    description: '',
  });
});

it('answers nobody without a token of the workspace, nor with one for a call', async () => {
  const now = Math.floor(Date.now() / 1000);
  const pass = { roomId: 'r', role: 'agent', userId: 'u', now, exp: now + 60 };
  for (const authorization of ['', 'Bearer x.y.z', `Bearer ${await client.roomToken(pass)}`]) {
    const answer = await fetch(`${emulator.url}/rooms`, { headers: { authorization } });
    expect(answer.status).toBe(401);
  }
});

it('lets in whom the template lets in, as many as it says', async () => {
  const roles = { agent: { name: 'agent', maxPeerCount: 1 } };
  const { id } = (await client.post('/templates', { name: 'k', roles })) as { id: string };
  const room = (await client.post('/rooms', { name: 'r', template_id: id })) as { id: string };
  const now = Math.floor(Date.now() / 1000);
  const token = (as: string) =>
    client.roomToken({ roomId: room.id, role: as, userId: 'u', now, exp: now + 60 });
  expect(emulator.workspace.join(await token('agent'))).toMatchObject({ role: 'agent' });
  const [again, guest] = [await token('agent'), await token('guest')];
  expect(() => emulator.workspace.join(again)).toThrow('role limit reached');
  expect(() => emulator.workspace.join(guest)).toThrow('role not allowed');
  const { peers } = (await client.get(`/active-rooms/${room.id}/peers`)) as { peers: object };
  expect(Object.values(peers)).toMatchObject([{ role: 'agent', user_id: 'u' }]);
});
