import { type Emulator, startEmulator } from '../../../test/emulator/emulator';
import { type Fault } from '../../../test/emulator/fault';
import { type VideoErrorCode, type VideoRole } from '../../ports/video-provider';
import { HundredMsClient } from './client';
import { HundredMsVideoProvider } from './hundredms-video';

const AV = '11111111-2222-5333-8444-555555555555.1';

let emulator: Emulator;
let video: HundredMsVideoProvider;
let templateId: string;

const failsWith = (code: VideoErrorCode, more: object = {}): unknown =>
  expect.objectContaining({ name: 'VideoError', code, ...more });
const room = () => emulator.workspace.roomNamed(AV);
const sent = (call: string) => emulator.calls.filter((each) => each.call === call);
const inside = () =>
  [...emulator.workspace.sessions.values()].flatMap((s) => [...s.peers.values()]);

async function join(role: VideoRole): Promise<string> {
  const join = { avSessionId: AV, role, userId: `u-${role}`, ttlSeconds: 60 };
  return (await video.joinToken('demo', join)).token;
}

beforeEach(async () => {
  emulator = await startEmulator();
  const { accessKey, appSecret } = emulator.workspace.keys;
  const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
  const client = new HundredMsClient(keys, { timeoutMs: 1_500 });
  const roles = { agent: { name: 'agent' }, customer: { name: 'customer', maxPeerCount: 1 } };
  const template = await client.post('/templates', { name: 'kyc', roles });
  templateId = (template as { id: string }).id;
  emulator.calls.length = 0;
  video = new HundredMsVideoProvider(client, { '*': templateId }, Date.now);
});
afterEach(() => emulator.close());

describe('opening', () => {
  it('creates the room by name, with its template and nothing that could silence a webhook', async () => {
    const { roomId } = await video.openRoom('demo', AV);
    expect(sent('POST /rooms').map(({ body }) => body)).toEqual([
      { name: AV, description: 'demo', template_id: templateId, max_duration_seconds: 14_400 },
    ]);
    expect(emulator.workspace.join(await join('customer'))).toMatchObject({ userId: 'u-customer' });
    expect(room()?.id).toBe(roomId);
  });

  it('twice, also at once, makes one room and overwrites nothing under a running call', async () => {
    const all = await Promise.all([video.openRoom('demo', AV), video.openRoom('demo', AV)]);
    emulator.calls.length = 0;
    all.push(await video.openRoom('demo', AV));
    expect(new Set(all.map(({ roomId }) => roomId)).size).toBe(1);
    expect(sent('POST /rooms')).toEqual([]);
  });

  it.each<[string, Fault]>([
    ['the answer is lost', { kind: 'drop-after' }],
    ['no answer comes', { kind: 'hang-after' }],
    ['a 500 lies', { kind: 'answer-after', status: 500, body: '<html>' }],
    ['a proxy answers for it', { kind: 'answer-after', status: 200, body: '<html>' }],
    ['the network delivers it twice', { kind: 'twice' }],
  ])('asks instead of repeating when %s', async (_, fault) => {
    emulator.faults.add('POST /rooms', fault);
    const { roomId } = await video.openRoom('demo', AV);
    expect([room()?.id, sent('POST /rooms').length]).toEqual([roomId, 1]);
  });

  it.each<[string, Fault]>([
    ['it never arrived', { kind: 'drop' }],
    ['it may still arrive', { kind: 'hang' }],
  ])('says that the outcome is unknown when %s, and is repeatable', async (_, fault) => {
    emulator.faults.add('POST /rooms', fault);
    await expect(video.openRoom('demo', AV)).rejects.toEqual(failsWith('UNAVAILABLE'));
    expect(sent('POST /rooms')).toHaveLength(1);
    expect((await video.openRoom('demo', AV)).roomId).toBe(room()?.id);
  });

  it('hands on why, and how long to wait', async () => {
    const body = { code: 429, message: 'retry after 3 seconds' };
    emulator.faults.add('GET /rooms', { kind: 'answer', status: 429, body }, 2);
    const failure = {
      retryAfterMs: 3000,
      message: `UNAVAILABLE: ${AV}: 100ms: GET /rooms: 429 retry after 3 seconds`,
    };
    await expect(video.openRoom('demo', AV)).rejects.toEqual(failsWith('UNAVAILABLE', failure));
  });

  it('needs a template: the default one of the account is nobody’s', async () => {
    const { accessKey, appSecret } = emulator.workspace.keys;
    const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
    const without = new HundredMsVideoProvider(new HundredMsClient(keys), {}, Date.now);
    await expect(without.openRoom('demo', AV)).rejects.toThrow('HUNDREDMS_TEMPLATES');
    expect(sent('POST /rooms')).toEqual([]);
  });
});

describe('closing', () => {
  const locked = failsWith('ROOM_LOCKED');
  const expectClosed = async () => {
    expect([room()?.enabled, inside()]).toEqual([false, []]);
    await expect(video.openRoom('demo', AV)).rejects.toEqual(locked);
    await expect(join('customer')).rejects.toEqual(locked);
  };

  it('ends the call and locks, so that a token still good opens nothing', async () => {
    await video.openRoom('demo', AV);
    const token = await join('customer');
    emulator.workspace.join(token);
    await video.closeRoom('demo', AV);
    await expectClosed();
    expect(() => emulator.workspace.join(token)).toThrow('room is disabled');
    // In one act: between an end and a lock of their own somebody could come back in.
    expect(sent('POST /rooms/:id')).toEqual([]);
  });

  it('twice is harmless, and so is a room in which nobody ever was', async () => {
    await video.openRoom('demo', AV);
    await video.closeRoom('demo', AV);
    await video.closeRoom('demo', AV);
    await expectClosed();
  });

  it('locks a room that was never opened, against an opening that arrives late', async () => {
    await video.closeRoom('demo', AV);
    await expectClosed();
  });

  const CALLS = ['POST /active-rooms/:id/end-room', 'POST /rooms/:id', 'POST /rooms'];
  const FAULTS: Fault[] = [{ kind: 'drop-after' }, { kind: 'hang-after' }, { kind: 'twice' }];

  it.each(CALLS.flatMap((call) => FAULTS.map((fault) => [call, fault] as const)))(
    'asks what became of %s after %j',
    async (call, fault) => {
      if (call !== 'POST /rooms') await video.openRoom('demo', AV);
      if (call.includes('end-room')) emulator.workspace.join(await join('agent'));
      emulator.calls.length = 0;
      emulator.faults.add(call, fault);
      await video.closeRoom('demo', AV);
      expect(sent(call)).toHaveLength(1);
      await expectClosed();
    },
  );

  it('is not done while somebody is inside', async () => {
    await video.openRoom('demo', AV);
    emulator.workspace.join(await join('agent'));
    emulator.faults.add('POST /active-rooms/:id/end-room', { kind: 'drop' });
    await expect(video.closeRoom('demo', AV)).rejects.toEqual(failsWith('UNAVAILABLE'));
    expect(inside()).toHaveLength(1);
    await video.closeRoom('demo', AV);
    await expectClosed();
  });

  it('is not done while the room is open', async () => {
    await video.openRoom('demo', AV);
    emulator.faults.add('POST /rooms/:id', { kind: 'drop' });
    await expect(video.closeRoom('demo', AV)).rejects.toEqual(failsWith('UNAVAILABLE'));
    await video.closeRoom('demo', AV);
    await expectClosed();
  });
});

describe('tokens', () => {
  it('are for one role and person, end when they say, and let in nobody but him', async () => {
    await video.openRoom('demo', AV);
    const now = jest.spyOn(Date, 'now');
    const at = Date.now();
    now.mockReturnValue(at);
    const request = { avSessionId: AV, role: 'agent', userId: 'u-1', ttlSeconds: 60 } as const;
    const { token, expiresAt, provider } = await video.joinToken('demo', request);
    expect([provider, expiresAt]).toEqual(['hundredms', (Math.floor(at / 1000) + 60) * 1000]);
    expect(emulator.workspace.join(token)).toMatchObject({ role: 'agent', userId: 'u-1' });
    now.mockReturnValue(expiresAt);
    expect(() => emulator.workspace.join(token)).toThrow('Token validation error');
    now.mockRestore();
  });

  it('are not to be had for a room that is not there, or is another organization’s', async () => {
    await expect(join('agent')).rejects.toEqual(failsWith('ROOM_UNKNOWN'));
    await video.openRoom('other', AV);
    await expect(join('agent')).rejects.toEqual(failsWith('ROOM_UNKNOWN'));
    await expect(video.openRoom('demo', AV)).rejects.toEqual(failsWith('ROOM_UNKNOWN'));
    await expect(video.closeRoom('demo', AV)).rejects.toEqual(failsWith('ROOM_UNKNOWN'));
    expect(room()?.enabled).toBe(true);
  });

  it.each([
    ['demo', '../x'],
    ['..', AV],
    ['demo', `${AV}?enabled=false`],
  ])('no address is made of %j %j', async (ouid, avSessionId) => {
    const unknown = failsWith('ROOM_UNKNOWN');
    await expect(video.openRoom(ouid, avSessionId)).rejects.toEqual(unknown);
    await expect(video.closeRoom(ouid, avSessionId)).rejects.toEqual(unknown);
    expect(emulator.calls).toEqual([]);
  });
});
