import { type EmulatedRoom, emulatedRoom, until } from './emulated-room';
import { type Emulator, startEmulator } from './emulator';
import { type Receiver, startReceiver } from './receiver';

let emulator: Emulator;
let room: EmulatedRoom;
let receiver: Receiver;

const arrived = () => receiver.received.map(({ event }) => event.type);
const ids = () => receiver.received.map(({ event }) => event.id);
const happened = () => room.events.map(({ id }) => id);
const log = (query: Record<string, string> = {}) => room.client.get('/analytics/webhooks', query);

/** Somebody looks in: open, join, leave, close. */
async function call(): Promise<void> {
  const { id } = await room.join('agent');
  emulator.workspace.leave(id);
}

beforeEach(async () => {
  [emulator, receiver] = await Promise.all([startEmulator(), startReceiver()]);
  room = await emulatedRoom(emulator);
  emulator.webhooks.sendTo({ url: receiver.url, headers: { 'x-passcode': 'letmein' } });
});
afterEach(async () => {
  await emulator.close();
  await receiver.close();
});

it('sends each event once, in order, with the header that was asked for', async () => {
  await call();
  await emulator.webhooks.settled();
  expect(ids()).toEqual(happened());
  expect(arrived()).toHaveLength(4);
  for (const { headers } of receiver.received) expect(headers['x-passcode']).toBe('letmein');
});

it.each([202, 204, 302, 500])(
  'repeats after 1, 3 and 10 s what was answered with %d',
  async (status) => {
    receiver.answers.push(status, status, status);
    emulator.webhooks.timeScale = 0.05;
    await room.join('guest').catch(() => undefined);
    await emulator.webhooks.settled();
    expect(new Set(ids()).size).toBe(1);
    const times = receiver.received.map(({ at }) => at);
    const waits = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(waits).toHaveLength(3);
    // 50, 150 and 500 ms; a timer never fires early by more than the clock's own millisecond.
    [50, 150, 500].forEach((least, i) => {
      expect(waits[i]).toBeGreaterThanOrEqual(least - 2);
    });
    expect(emulator.webhooks.deliveries).toMatchObject([{ status: 'success', attempts: 4 }]);
  },
);

it('drops an event after the last repeat, and keeps it as failed', async () => {
  receiver.answers.push(500, 0, 201, 500);
  emulator.webhooks.timeoutMs = 300;
  await room.join('guest').catch(() => undefined);
  await emulator.webhooks.settled();
  expect(receiver.received).toHaveLength(4);
  expect(emulator.webhooks.deliveries).toMatchObject([{ status: 'failed', attempts: 4 }]);
  expect(await log({ status: 'success' })).toMatchObject({ events: [] });
  expect(await log({ room_id: room.id })).toMatchObject({
    events: [
      {
        event_id: room.events[0]?.id,
        event_name: 'reporter.webhook.delivery.failed',
        payload: { original_event_name: 'peer.join.failure', error_reason: 'status 500' },
      },
    ],
    pagination: { total_items: 1, has_next: false },
  });
});

it('an event that waits for its repeat holds up no other', async () => {
  receiver.answers.push(503);
  emulator.webhooks.timeScale = 0.5;
  await call();
  await emulator.webhooks.settled();
  const [opened, ...rest] = happened();
  expect(ids()).toEqual([opened, ...rest, opened]);
});

it('a room’s own address is used instead of the workspace’s', async () => {
  const own = await startReceiver();
  const webhook = { url: own.url, headers: { 'x-own': '1' } };
  await room.client.post(`/rooms/${room.id}`, { webhook });
  await call();
  await emulator.webhooks.settled();
  expect([receiver.received.length, own.received.length]).toEqual([0, 4]);
  expect(own.received[0]?.headers).toMatchObject({ 'x-own': '1' });
  await own.close();
});

describe('faults', () => {
  const calls = async (): Promise<void> => {
    for (let i = 0; i < 25; i += 1) await call();
    await emulator.webhooks.settled();
  };

  it('lose events at every attempt, for a replay to find', async () => {
    emulator.webhooks.faults.droppedPercent = 30;
    await calls();
    const lost = emulator.webhooks.deliveries.filter(({ status }) => status === 'failed');
    expect(lost.length).toBeGreaterThan(10);
    expect(new Set(ids()).size).toBe(100 - lost.length);
    emulator.webhooks.faults.droppedPercent = 0;
    await room.client.post('/analytics/webhooks/replay', {});
    await emulator.webhooks.settled();
    expect(new Set(ids())).toEqual(new Set(happened()));
  });

  it('deliver twice', async () => {
    emulator.webhooks.faults.doubledPercent = 30;
    await calls();
    expect(ids().length - new Set(ids()).size).toBeGreaterThan(10);
    expect(new Set(ids()).size).toBe(100);
  });

  it('deliver in another order', async () => {
    emulator.webhooks.faults.delayedPercent = 30;
    await calls();
    expect([...ids()].sort()).toEqual(happened().sort());
    expect(ids()).not.toEqual(room.events.map(({ id }) => id));
  });

  it('are the same for the same seed, and others for another', async () => {
    const lost = async (seed: string): Promise<string[]> => {
      const other = await startEmulator({ seed });
      const its = await emulatedRoom(other);
      other.webhooks.sendTo({ url: receiver.url });
      other.webhooks.faults.droppedPercent = 50;
      for (let i = 0; i < 10; i += 1) other.workspace.leave((await its.join('agent')).id);
      await other.webhooks.settled();
      await other.close();
      return other.webhooks.deliveries.map(({ status }) => status);
    };
    expect(await lost('a')).toEqual(await lost('a'));
    expect(await lost('a')).not.toEqual(await lost('b'));
  });
});

describe('replay', () => {
  const replay = async (body: object): Promise<string> => {
    const answer = await room.client.post('/analytics/webhooks/replay', body);
    return (answer as { workflow_id: string }).workflow_id;
  };
  const result = (id: string) => room.client.get(`/analytics/webhooks/replay/${id}`);

  it('sends again what failed and can be replayed, marked as that', async () => {
    emulator.webhooks.faults.droppedPercent = 100;
    await room.join('guest').catch(() => undefined);
    await call();
    expect(receiver.received).toEqual([]);
    emulator.webhooks.timeScale = 2;
    const id = await replay({ room_id: room.id });
    expect(await result(id)).toMatchObject({ status: 'Running', progress: { total: 4 } });
    await emulator.webhooks.settled();
    expect(arrived()).toEqual([
      'session.open.success',
      'peer.join.success',
      'peer.leave.success',
      'session.close.success',
    ]);
    expect(receiver.received.every(({ event }) => event.is_replay === true)).toBe(true);
    expect(await result(id)).toMatchObject({
      status: 'completed',
      result: { total: 4, completed: 4, failed: 0, failed_events: [] },
    });
  });

  it('takes an identical one that runs for the same', async () => {
    emulator.webhooks.faults.droppedPercent = 100;
    await call();
    const body = { event_names: ['peer.join.success', 'peer.leave.success'] };
    emulator.webhooks.timeScale = 5;
    const id = await replay(body);
    expect(await room.client.post('/analytics/webhooks/replay', body)).toMatchObject({
      workflow_id: id,
      status: 'already_running',
    });
    receiver.answers.push(500, 200);
    await until(() => receiver.received.length === 2);
    await emulator.webhooks.settled();
    expect(await result(id)).toMatchObject({ status: 'completed_with_failures' });
    expect(await replay(body)).not.toBe(id);
  });

  it.each([
    ['a start 31 days ago', { start_time: new Date(Date.now() - 31 * 86_400_000).toISOString() }],
    ['a time that is none', { start_time: 'yesterday' }],
    ['an event that cannot be', { event_names: ['beam.failure'] }],
    ['a status', { status: 'lost' }],
    ['a limit', { limit: 50_001 }],
  ])('refuses %s', async (_, body) => {
    await expect(replay(body)).rejects.toMatchObject({ status: 400 });
  });

  it('knows no other', async () => {
    await expect(result('x')).rejects.toMatchObject({ status: 404 });
  });
});
