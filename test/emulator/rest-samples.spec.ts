import type { HundredMsClient } from '../../src/video/hundredms/client';
import { clientOf, type EmulatedRoom, emulatedRoom, until } from './emulated-room';
import { type Emulator, startEmulator } from './emulator';
import { entryFor, placesOf, USED } from './samples';

// What the API's documentation shows is what the emulator answers.

let emulator: Emulator;
let room: EmulatedRoom;
let client: HundredMsClient;

const recordings = () => [...emulator.workspace.recordings.values()];
const start = (): Promise<unknown> =>
  client.post(`/recordings/room/${room.id}/start`, { meeting_url: 'https://kyc.example/r' });
const stop = () => client.post(`/recordings/room/${room.id}/stop`, {});
const fileOf = (type: string) =>
  [...emulator.workspace.assets.values()].find((asset) => asset.type === type)?.id ?? '';

async function recorded(): Promise<void> {
  await start();
  await until(() => recordings()[0]?.status === 'running');
  await stop();
  await until(() => recordings()[0]?.status === 'completed');
}

async function inCall(): Promise<string> {
  await room.join('agent');
  return [...emulator.workspace.sessions.values()][0]?.id ?? '';
}

async function lost(): Promise<void> {
  emulator.webhooks.sendTo({ url: 'http://127.0.0.1:9/' });
  emulator.webhooks.faults.droppedPercent = 100;
  emulator.workspace.leave((await room.join('agent')).id);
  await emulator.webhooks.settled();
  emulator.webhooks.sendTo(undefined);
}

async function readTemplate(sample: unknown): Promise<unknown> {
  const { name, roles, settings, destinations } = sample as Record<string, unknown>;
  const body = { name, roles, settings, destinations };
  const { id } = (await client.post('/templates', body)) as { id: string };
  return client.get(`/templates/${id}`);
}

/** What the emulator answers where the page shows a sample. */
const ANSWERS: Readonly<Record<string, (sample: unknown) => Promise<unknown>>> = {
  'Rooms__create-via-api': () => client.post('/rooms', { name: 'r' }),
  'Rooms__retrieve-room': () =>
    client.post(`/rooms/${room.id}`, {
      recording_info: { enabled: true, upload_info: { type: 's3', location: 'b', prefix: 'p' } },
    }),
  'Rooms__disable-or-enable': () => client.post(`/rooms/${room.id}`, { enabled: false }),
  'Rooms__update-a-room': async () => {
    const credentials = { key: 'k', secret: 's' };
    const upload = {
      type: 's3',
      location: 'b',
      prefix: 'p',
      credentials,
      options: { region: 'x' },
    };
    const webhook = { url: 'https://x.example', headers: { 'my-custom-header': 'v', a: 'b' } };
    const recording_info = { enabled: true, upload_info: upload };
    const body = { max_duration_seconds: 120, polls: ['p'], webhook, recording_info };
    return client.post(`/rooms/${room.id}`, body);
  },
  'active-rooms__retrieve-active-room': () =>
    inCall().then(() => client.get(`/active-rooms/${room.id}`)),
  'active-rooms__list-peers': () =>
    inCall().then(() => client.get(`/active-rooms/${room.id}/peers`)),
  'active-rooms__end-active-room': () =>
    inCall().then(() => client.post(`/active-rooms/${room.id}/end-room`, {})),
  'Sessions__retrieve-a-session': async () => {
    const id = await inCall();
    emulator.workspace.endRoom(room.id);
    return client.get(`/sessions/${id}`);
  },
  'recordings__start-recording-for-room': () => inCall().then(start),
  'recordings__stop-recording-for-room': () => inCall().then(start).then(stop),
  'recordings__stop-recording-by-id': () =>
    inCall()
      .then(start)
      .then(() => client.post(`/recordings/${recordings()[0]?.id}/stop`, {})),
  'recordings__get-recording': async () => {
    await inCall();
    await recorded();
    return client.get(`/recordings/${recordings()[0]?.id}`);
  },
  'recording-assets__get-asset': async (sample) => {
    await inCall();
    await recorded();
    emulator.workspace.leave(
      [...emulator.workspace.sessions.values()][0]?.peers.keys().next().value ?? '',
    );
    await until(() => fileOf('room-vod') !== '');
    const { type } = sample as { type: string };
    return client.get(`/recording-assets/${fileOf(type)}`);
  },
  'recording-assets__list-all-assets': async () => {
    emulator.workspace.leave((await room.join('agent')).id);
    await until(() => fileOf('room-vod') !== '');
    await inCall();
    await recorded();
    return client.get('/recording-assets');
  },
  'recording-assets__get-presigned-url': async () => {
    await inCall();
    await recorded();
    return client.get(`/recording-assets/${fileOf('room-composite')}/presigned-url`);
  },
  'analytics__list-webhook-events': () => lost().then(() => client.get('/analytics/webhooks')),
  'analytics__replay-webhook-events.0': async () => {
    await lost();
    return client.post('/analytics/webhooks/replay', { event_names: ['peer.join.success'] });
  },
  'analytics__replay-webhook-events.1': async () => {
    await lost();
    const body = { event_names: ['peer.join.success', 'peer.leave.success'] };
    const { workflow_id: id } = (await client.post('/analytics/webhooks/replay', body)) as {
      workflow_id: string;
    };
    await emulator.webhooks.settled();
    return client.get(`/analytics/webhooks/replay/${id}`);
  },
  'policy__retrieve-a-template': readTemplate,
  'policy__update-a-template': readTemplate,
  'policy__configure-recordings': async (sample) => {
    const roles = { host: { name: 'host' } };
    const { id } = (await client.post('/templates', { name: 'h', roles })) as { id: string };
    return client.post(`/templates/${id}/recordings`, sample as object);
  },
};

/** What belongs to files, or to states, that the emulator does not have. */
const BEYOND = ['.recording_assets[].metadata.output_mode'];

beforeEach(async () => {
  emulator = await startEmulator();
  const composite = { browserComposite: { autoStart: false }, customComposite: { enabled: true } };
  room = await emulatedRoom(emulator, { composite });
  client = clientOf(emulator);
});
afterEach(() => emulator.close());

it.each(USED.map((sample) => [sample.title, sample] as const))(
  'answers as %s',
  async (_, sample) => {
    const answer = await entryFor(ANSWERS, sample)?.(sample.body);
    const places = new Set(placesOf(answer));
    const missing = placesOf(sample.body).filter((at) => !places.has(at) && !BEYOND.includes(at));
    expect(missing).toEqual([]);
  },
);
