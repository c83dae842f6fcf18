import { randomBytes } from 'node:crypto';
import {
  clientOf,
  type EmulatedRoom,
  emulatedRoom,
  until,
} from '../../../test/emulator/emulated-room';
import { type Emulator, startEmulator } from '../../../test/emulator/emulator';
import type { Fault } from '../../../test/emulator/fault';
import { textIn } from '../../../test/emulator/refusal';
import type { VideoErrorCode } from '../../ports/video-provider';
import { Tokens } from '../../tokens/tokens';
import { HundredMsClient } from './client';
import { HundredMsRoomRecorder } from './room-recorder';

const AV = '11111111-2222-5333-8444-555555555555.1';
const PAGE = 'https://kyc.example/recorder';
const START = 'POST /recordings/room/:id/start';
const STOP = 'POST /recordings/room/:id/stop';

let emulator: Emulator;
let room: EmulatedRoom;
const tokens = new Tokens(randomBytes(32));

const recorderWith = (recorderUrl = PAGE): HundredMsRoomRecorder => {
  const { accessKey, appSecret } = emulator.workspace.keys;
  const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
  const templates = { '*': [...emulator.workspace.templates.keys()][0] ?? '' };
  const client = new HundredMsClient(keys, { timeoutMs: 1_500 });
  return new HundredMsRoomRecorder(client, { templates, recorderUrl }, tokens, Date.now);
};
const start = () => recorderWith().start('demo', AV);
const stop = () => recorderWith().stop('demo', AV);
const recordings = () => [...emulator.workspace.recordings.values()];
const sent = (call: string) => emulator.calls.filter((each) => each.call === call);
const failsWith = (code: VideoErrorCode, message = ''): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(message) as unknown });
const running = () => until(() => recordings().at(-1)?.status === 'running');

beforeEach(async () => {
  emulator = await startEmulator();
  const composite = { browserComposite: { autoStart: false, width: 1280, height: 720 } };
  room = await emulatedRoom(emulator, { composite, room: { name: AV, description: 'demo' } });
  const [template] = emulator.workspace.templates.values();
  if (template) template.body['settings'] = { recording: { upload: { location: 'bucket' } } };
  emulator.calls.length = 0;
});
afterEach(() => emulator.close());

describe('starting', () => {
  beforeEach(() => room.join('agent'));

  it('has the page opened with a code for this call, and the recorder is there', async () => {
    await start();
    await running();
    const { meeting_url: url, resolution } = sent(START)[0]?.body as Record<string, unknown>;
    expect(resolution).toEqual({ width: 1280, height: 720 });
    const { origin, pathname, search, hash } = new URL(textIn(url));
    expect([`${origin}${pathname}`, search]).toEqual([PAGE, '']);
    const code = new URLSearchParams(hash.slice(1)).get('code') ?? '';
    expect(await tokens.verify('recorder', code, new Date())).toMatchObject({
      ouid: 'demo',
      avSessionId: AV,
    });
  });

  it('twice, also at once, makes one recording', async () => {
    await Promise.all([start(), start()]);
    await start();
    expect(recordings()).toHaveLength(1);
    await running();
    await start();
    expect(recordings()).toHaveLength(1);
  });

  it.each<[string, Fault]>([
    ['the answer is lost', { kind: 'drop-after' }],
    ['no answer comes', { kind: 'hang-after' }],
    ['a 500 lies', { kind: 'answer-after', status: 500, body: '<html>' }],
    ['the network delivers it twice', { kind: 'twice' }],
  ])('asks instead of repeating when %s', async (_, fault) => {
    emulator.faults.add(START, fault);
    await start();
    expect([recordings().length, sent(START).length]).toEqual([1, 1]);
  });

  it('says that the outcome is unknown when it is, and is repeatable', async () => {
    emulator.faults.add(START, { kind: 'drop' });
    await expect(start()).rejects.toEqual(failsWith('UNAVAILABLE'));
    await start();
    expect(recordings()).toHaveLength(1);
  });

  it('fails in one sentence without a page, and asks nothing', async () => {
    await expect(recorderWith('').start('demo', AV)).rejects.toEqual(
      failsWith(
        'NO_RECORDER_PAGE',
        'HUNDREDMS_RECORDER_URL is not set, and 100ms has no page for our templates',
      ),
    );
    expect(emulator.calls).toEqual([]);
  });

  it('fails in one sentence without a bucket', async () => {
    const [template] = emulator.workspace.templates.values();
    if (template) template.body['settings'] = { recording: { upload: { location: '' } } };
    const sentence = 'names no bucket; npm run video:provision does';
    await expect(start()).rejects.toEqual(failsWith('NO_BUCKET', sentence));
    expect(sent(START)).toEqual([]);
  });

  it('is refused for good when 100ms finds something wrong with it', async () => {
    const body = { code: 400, message: 'Invalid body param: meeting_url' };
    emulator.faults.add(START, { kind: 'answer', status: 400, body });
    await expect(start()).rejects.toEqual(failsWith('RECORDING_REFUSED', 'meeting_url'));
  });

  it('is for our own rooms that are open', async () => {
    await expect(recorderWith().start('other', AV)).rejects.toEqual(failsWith('ROOM_UNKNOWN'));
    await clientOf(emulator).post(`/rooms/${room.id}`, { enabled: false });
    await expect(start()).rejects.toEqual(failsWith('ROOM_LOCKED'));
    expect(sent(START)).toEqual([]);
  });
});

it('waits for a call to record: where nobody is connected it can be repeated', async () => {
  await expect(start()).rejects.toEqual(failsWith('UNAVAILABLE', 'room is not active'));
  await room.join('agent');
  await start();
  expect(recordings()).toHaveLength(1);
});

describe('stopping', () => {
  beforeEach(async () => {
    await room.join('agent');
    await start();
    await running();
  });
  const reasons = () =>
    room.events.flatMap(({ type, data }) =>
      type === 'beam.stopped.success' ? [data['reason']] : [],
    );

  it('ends it; once more, and where nothing runs, nothing happens', async () => {
    await stop();
    await until(() => recordings()[0]?.status === 'completed');
    await stop();
    expect([reasons(), sent(STOP).length]).toEqual([['client request'], 1]);
  });

  it.each<Fault>([{ kind: 'drop-after' }, { kind: 'hang-after' }])(
    'asks what became of it after %j',
    async (fault) => {
      emulator.faults.add(STOP, fault);
      await stop();
      expect(sent(STOP)).toHaveLength(1);
    },
  );

  it('is not done while it goes on', async () => {
    emulator.faults.add(STOP, { kind: 'drop' });
    await expect(stop()).rejects.toEqual(failsWith('UNAVAILABLE'));
    await stop();
    await until(() => recordings()[0]?.status === 'completed');
  });
});

it('lets the page in as the recorder, for one minute', async () => {
  const now = Math.floor(Date.now() / 1_000);
  const { token, expiresAt, provider } = await recorderWith().joinToken('demo', AV);
  expect(provider).toBe('hundredms');
  expect(expiresAt / 1_000 - now).toBeLessThanOrEqual(61);
  expect(emulator.workspace.join(token)).toMatchObject({ role: 'recorder', userId: 'recorder' });
});
