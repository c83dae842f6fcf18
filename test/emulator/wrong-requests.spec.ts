import type { HundredMsClient } from '../../src/video/hundredms/client';
import { type EmulatedRoom, emulatedRoom } from './emulated-room';
import { type Emulator, startEmulator } from './emulator';

// What the service would refuse, or do something with that nobody meant.

let emulator: Emulator;
let room: EmulatedRoom;
let client: HundredMsClient;

beforeEach(async () => {
  emulator = await startEmulator();
  room = await emulatedRoom(emulator);
  ({ client } = room);
  await room.join('agent');
});
afterEach(() => emulator.close());

const MEETING = { meeting_url: 'https://kyc.example/recorder' };
const templateId = () => [...emulator.workspace.templates.keys()][0] ?? '';
const start = (body: object) => client.post(`/recordings/room/${room.id}/start`, body);
const lock = () => client.post(`/rooms/${room.id}`, { enabled: false });

it.each<[string, number, () => Promise<unknown>]>([
  ['a partial template', 400, () => client.post(`/templates/${templateId()}`, { name: 'kyc' })],
  ['a second start', 400, () => start(MEETING).then(() => start(MEETING))],
  ['a start without an address', 400, () => start({})],
  ['a start of something that is no address', 400, () => start({ meeting_url: 'kyc' })],
  ['a start in a locked room', 403, () => lock().then(() => start(MEETING))],
  ['a start in no room', 404, () => client.post('/recordings/room/0/start', MEETING)],
  ['a stop of nothing', 404, () => client.post(`/recordings/room/${room.id}/stop`, {})],
  ['a role that is unknown', 403, () => room.join('guest')],
  ['a join of a locked room', 403, () => lock().then(() => room.join('customer'))],
  [
    'a third one in a role for two',
    403,
    async () => {
      for (let i = 0; i < 3; i += 1) await room.join('customer');
    },
  ],
  [
    'an end that locks perhaps',
    400,
    () => client.post(`/active-rooms/${room.id}/end-room`, { lock: 'yes' }),
  ],
  ['a session that is not there', 404, () => client.get('/sessions/0')],
  ['a file that is not there', 404, () => client.get('/recording-assets/0')],
  ['a status that is none', 400, () => client.get('/recording-assets', { status: 'lost' })],
  ['an order of days', 400, () => client.get('/sessions', { active: 'perhaps' })],
  ['a name with a space', 400, () => client.post('/rooms', { name: 'room 1' })],
])('refuses %s', async (_, status, request) => {
  await expect(request()).rejects.toMatchObject({ status });
});

it.each(['/rooms', '/templates', '/sessions', '/recordings', '/recording-assets'])(
  'refuses a page of %s that is too short, too long or after nothing',
  async (path) => {
    for (const query of [
      { limit: '9' },
      { limit: '101' },
      { limit: 'x' },
      { start: 'x' },
    ] as const) {
      await expect(client.get(path, { ...query })).rejects.toMatchObject({ status: 400 });
    }
  },
);

it('refuses a token that has run out', async () => {
  const now = Math.floor(Date.now() / 1000) - 100;
  const pass = { roomId: room.id, role: 'agent', userId: 'u', now, exp: now + 50 };
  const token = await client.roomToken(pass);
  expect(() => emulator.workspace.join(token)).toThrow('Token validation error');
});

it('gives long lists page by page', async () => {
  for (let i = 0; i < 12; i += 1) await client.post('/rooms', { name: `r-${i}` });
  const first = (await client.get('/rooms')) as { data: { name: string }[]; last: string };
  const rest = (await client.get('/rooms', { start: first.last })) as typeof first;
  expect([first.data.length, rest.data.map(({ name }) => name)]).toEqual([
    10,
    ['r-9', 'r-10', 'r-11'],
  ]);
});
