import { type EmulatedRoom, emulatedRoom, until } from './emulated-room';
import { type Emulator, startEmulator } from './emulator';

let emulator: Emulator;
let room: EmulatedRoom;

const types = () => room.events.map(({ type }) => type);
const isOver = () => emulator.workspace.sessions.size === 0;
const left = (userId: string) =>
  room.events.find(({ type, data }) => type === 'peer.leave.success' && data['user_id'] === userId);

beforeEach(async () => {
  emulator = await startEmulator();
  room = await emulatedRoom(emulator, { room: { max_duration_seconds: 120 } });
  emulator.workspace.delays.secondMs = 1_000;
});
afterEach(() => emulator.close());

it('opens a session with the first and closes it after the last', async () => {
  const agent = await room.join('agent');
  const customer = await room.join('customer');
  emulator.workspace.leave(agent.id);
  expect(isOver()).toBe(false);
  emulator.workspace.leave(customer.id);
  expect(isOver()).toBe(true);
  expect(types()).toEqual([
    'session.open.success',
    'peer.join.success',
    'peer.join.success',
    'peer.leave.success',
    'peer.leave.success',
    'session.close.success',
  ]);
  expect(left('u-agent')?.data).toMatchObject({
    reason: 'client request',
    joined_at: agent.joinedAt,
  });
});

it('tells of each session who was inside and until when', async () => {
  const first = await room.join('customer');
  const again = await room.join('customer');
  emulator.workspace.leave(first.id);
  const id = [...emulator.workspace.sessions.values()][0]?.id ?? '';
  const session = (await room.client.get(`/sessions/${id}`)) as { peers: object };
  expect(session).toMatchObject({ active: true, room_id: room.id });
  expect(session.peers).toEqual({
    [first.id]: expect.objectContaining({ user_id: 'u-customer', left_at: expect.any(String) }),
    [again.id]: expect.not.objectContaining({ left_at: expect.anything() }),
  });
  const list = (active: string) => room.client.get('/sessions', { room_id: room.id, active });
  expect(await list('true')).toMatchObject({ data: [{ id }] });
  emulator.workspace.leave(again.id);
  expect(await list('true')).toMatchObject({ data: null });
  expect(await list('false')).toMatchObject({ data: [{ id, active: false }] });
  await room.join('customer');
  expect(await list('false')).toMatchObject({ data: [{ id }] });
  expect(await list('true')).not.toMatchObject({ data: [{ id }] });
});

it('notices a broken line late: he counts as inside until then', async () => {
  const customer = await room.join('customer');
  emulator.workspace.delays.dropReportedMs = 500;
  emulator.workspace.dropConnection(customer.id);
  const inside = await room.client.get(`/active-rooms/${room.id}/peers`, { role: 'customer' });
  expect(inside).toEqual({
    peers: { [customer.id]: expect.objectContaining({ joined_at: customer.joinedAt }) },
  });
  expect(isOver()).toBe(false);
  await until(isOver);
  expect(left('u-customer')?.data['reason']).toBe('websocket closed');
});

it('sends everybody away when the room is ended, after it has answered', async () => {
  await room.join('agent');
  await room.join('customer');
  emulator.workspace.delays.endRoomMs = 400;
  const end = { lock: true, reason: 'call over' };
  const answer = await room.client.post(`/active-rooms/${room.id}/end-room`, end);
  expect(answer).toEqual({ message: 'session is ending' });
  expect(isOver()).toBe(false);
  await until(isOver);
  expect(types().slice(3)).toEqual([
    'room.end.success',
    'peer.leave.success',
    'peer.leave.success',
    'session.close.success',
  ]);
  expect(room.events[3]?.data).toMatchObject({ lock_room: true, reason: 'call over' });
  expect(left('u-agent')?.data['reason']).toBe('server removed peer');
  await expect(room.join('customer')).rejects.toThrow('room is disabled');
});

it('ends no later session than the one it was asked to end', async () => {
  const { id } = await room.join('agent');
  emulator.workspace.delays.endRoomMs = 400;
  await room.client.post(`/active-rooms/${room.id}/end-room`, {});
  emulator.workspace.leave(id);
  await room.join('agent');
  await emulator.workspace.timers.wait(500);
  expect(isOver()).toBe(false);
});

it('ends a call that has lasted as long as the room allows', async () => {
  emulator.workspace.delays.secondMs = 0.5;
  await room.join('agent');
  await until(isOver);
  expect(types().slice(2)).toEqual(['peer.leave.success', 'session.close.success']);
});

it('tells of a join that failed for its role, without a session and without a time', async () => {
  await expect(room.join('guest')).rejects.toThrow('role not allowed');
  expect(room.events).toMatchObject([
    { type: 'peer.join.failure', data: { joined_at: '0001-01-01T00:00:00Z', role: 'guest' } },
  ]);
  expect(room.events[0]?.data).not.toHaveProperty('session_id');
  expect(emulator.workspace.sessions.size).toBe(0);
});
