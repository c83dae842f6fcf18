import { Tokens } from '../../src/tokens/tokens';
import type { HundredMsClient } from '../../src/video/hundredms/client';
import type { Fields } from '../../src/video/hundredms/fields';
import { HundredMsRecords } from '../../src/video/hundredms/records';
import { HundredMsRoomRecorder } from '../../src/video/hundredms/room-recorder';
import { HundredMsRooms } from '../../src/video/hundredms/rooms';
import { HundredMsTemplates } from '../../src/video/hundredms/templates';
import { type EmulatedRoom, emulatedRoom } from './emulated-room';
import { type Emulator, startEmulator } from './emulator';
import { entryFor, type Sample, USED } from './samples';

// What the API's documentation shows is what our adapter understands.

const AV = '11111111-2222-5333-8444-555555555555.1';
const PAGE = 'https://kyc.example/r';

let emulator: Emulator;
let room: EmulatedRoom;
let client: HundredMsClient;

beforeEach(async () => {
  emulator = await startEmulator();
  const composite = { browserComposite: { autoStart: false } };
  room = await emulatedRoom(emulator, { composite, room: { name: AV } });
  ({ client } = room);
});
afterEach(() => emulator.close());

const inCall = () => room.join('agent');
const answering = (call: string, { body }: Sample): void => {
  emulator.faults.add(call, { kind: 'answer', status: 200, body });
};
const rooms = () => new HundredMsRooms(client);
const records = () => new HundredMsRecords(client);
const recorder = () => {
  const [template] = emulator.workspace.templates.values();
  if (template) template.body['settings'] = { recording: { upload: { location: 'bucket' } } };
  const settings = {
    templates: { '*': template?.id ?? '' },
    recorderUrl: PAGE,
  };
  return new HundredMsRoomRecorder(client, settings, new Tokens(new Uint8Array(32)), Date.now);
};
const PARSES: Readonly<Record<string, (sample: Sample) => Promise<void>>> = {
  'Rooms__create-via-api': async (sample) => {
    answering('POST /rooms', sample);
    expectRoom(await rooms().create('r', 'o', 't'), sample);
  },
  'Rooms__retrieve-room': (sample) => expectRead(sample),
  'Rooms__disable-or-enable': (sample) => expectRead(sample),
  'Rooms__update-a-room': (sample) => expectRead(sample),
  'active-rooms__retrieve-active-room': async (sample) => {
    answering('GET /active-rooms/:id', sample);
    expect(await rooms().isActive(room.id)).toBe(true);
  },
  'active-rooms__end-active-room': async (sample) => {
    answering('POST /active-rooms/:id/end-room', sample);
    await expect(rooms().end(room.id)).resolves.toBeUndefined();
  },
  'Sessions__retrieve-a-session': async (sample) => {
    // As a page of the list, which is what the adapter asks for; its roles are others than ours.
    const known = asOurs(sample.body as Fields);
    answering('GET /sessions', { ...sample, body: { limit: 10, data: [known], last: '' } });
    const facts = await records().lookAt(room.id);
    const peers = Object.values(known['peers'] as Record<string, Fields>);
    expect(facts).toEqual([
      ...peers.flatMap(({ id: peerId, joined_at, left_at }) => {
        const [joinedAt, at] = [joined_at, left_at].map((time) => Date.parse(String(time)));
        const peer = { who: 'AGENT', peerId };
        return [
          { kind: 'PEER_JOINED', ...peer, at: joinedAt },
          { kind: 'PEER_LEFT', ...peer, joinedAt, at, cause: 'CONNECTION_LOST' },
        ];
      }),
      { kind: 'ROOM_EMPTY', at: Date.parse(String(known['updated_at'])) },
    ]);
  },
  'recording-assets__list-all-assets': async (sample) => {
    answering('GET /recording-assets', sample);
    const { data } = sample.body as { data: Fields[] };
    expect(await records().lookAt(room.id)).toEqual(data.map(recorded));
  },
  'recording-assets__get-asset': async (sample) => {
    answering('GET /recording-assets', { ...sample, body: { limit: 10, data: [sample.body] } });
    const { type } = sample.body as Fields;
    const facts = type === 'chat' ? [] : [recorded(sample.body as Fields)];
    expect(await records().lookAt(room.id)).toEqual(facts);
  },
  'recording-assets__get-presigned-url': async (sample) => {
    const { path, url } = sample.body as Fields;
    const data = [{ id: 'a1', path }];
    answering('GET /recording-assets', { ...sample, body: { limit: 10, data } });
    answering('GET /recording-assets/:id/presigned-url', sample);
    expect(await records().recordingLinks(room.id, [String(path)], 60)).toEqual([url]);
  },
  'recordings__start-recording-for-room': async (sample) => {
    await inCall();
    answering('POST /recordings/room/:id/start', sample);
    await expect(recorder().start('demo', AV)).resolves.toBeUndefined();
  },
  'recordings__stop-recording-for-room': async (sample) => {
    await inCall();
    await client.post(`/recordings/room/${room.id}/start`, { meeting_url: PAGE });
    answering('POST /recordings/room/:id/stop', sample);
    await expect(recorder().stop('demo', AV)).resolves.toBeUndefined();
  },
  'policy__retrieve-a-template': (sample) => expectTemplate(sample),
  'policy__update-a-template': (sample) => expectTemplate(sample),
  'policy__configure-recordings': async (sample) => {
    answering('GET /templates/:id/recordings', sample);
    const [id = ''] = emulator.workspace.templates.keys();
    const { recordings: read } = await new HundredMsTemplates(client).read(id);
    expect(read).toEqual(sample.body);
  },
};
/** The published one has other roles than our template. */
const asOurs = (session: Fields): Fields => {
  const peers = Object.entries(session['peers'] as Record<string, Fields>);
  const agents = peers.map(([id, peer]) => [id, { ...peer, role: 'agent' }] as const);
  return { ...session, peers: Object.fromEntries(agents) };
};
const recorded = ({ path, size, duration, created_at }: Fields): object => ({
  kind: 'RECORDED',
  file: { kind: 'ROOM', path, bytes: size, durationMs: Number(duration) * 1_000 },
  at: Date.parse(String(created_at)),
});
const expectRead = async (sample: Sample): Promise<void> => {
  answering('GET /rooms/:id', sample);
  expectRoom(await rooms().get(room.id), sample);
};
const expectRoom = (read: object, { body }: Sample): void => {
  const { id, name, enabled, description } = body as Record<string, unknown>;
  expect(read).toEqual({ id, name, enabled, description });
};
const expectTemplate = async (sample: Sample): Promise<void> => {
  answering('GET /templates/:id', sample);
  const [id = ''] = emulator.workspace.templates.keys();
  expect(await new HundredMsTemplates(client).read(id)).toMatchObject(sample.body as object);
};
const parsed = USED.filter((sample) => entryFor(PARSES, sample));

it.each(parsed.map((sample) => [sample.title, sample] as const))(
  'understands %s',
  async (_, sample) => {
    expect.hasAssertions();
    await entryFor(PARSES, sample)?.(sample);
  },
);
