import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoFact } from '../../domain/video/facts';
import { Tokens } from '../../tokens/tokens';
import { LocalRooms } from './local-rooms';
import { localRoomId } from './room-id';
import { LOST_AFTER_MS, type Place } from './presence';

const PLACE = { ouid: 'demo', avSessionId: '11111111-2222-5333-8444-555555555555.1' };
const AGENT: Place = { ...PLACE, role: 'agent' };
const CUSTOMER: Place = { ...PLACE, role: 'customer' };
const TRY = '11111111-2222-4333-8444-555555555555';

let root: string;
let now: number;
let rooms: LocalRooms;
/** Another process on the same directory. */
let elsewhere: LocalRooms;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rooms-'));
  now = Date.parse('2026-03-01T12:00:00Z');
  [rooms, elsewhere] = [new LocalRooms(root, () => now), new LocalRooms(root, () => now)];
  await rooms.files.open(PLACE);
});
afterEach(() => rm(root, { recursive: true }));

async function come(place: Place, wanted = '', at = rooms) {
  const joined = await at.presence.join(place, wanted);
  if (!joined) throw new Error('the room is full');
  return joined;
}
const kinds = (facts: readonly VideoFact[]): string[] => facts.map(({ kind }) => kind);

it('lets each side in, and each sees the other, at whatever process', async () => {
  const agent = await come(AGENT);
  expect(agent.facts).toEqual([
    { kind: 'PEER_JOINED', who: 'AGENT', peerId: agent.peerId, at: now },
  ]);
  const customer = await come(CUSTOMER, '', elsewhere);
  expect(await rooms.presence.look(AGENT)).toMatchObject({
    mine: agent.peerId,
    other: customer.peerId,
  });
  expect(await elsewhere.presence.look(CUSTOMER)).toMatchObject({ other: agent.peerId });
});

it('goes on with a connection whose stream broke off, also elsewhere, and says the same again', async () => {
  const first = await come(CUSTOMER);
  now += 9_000;
  expect(await come(CUSTOMER, first.peerId, elsewhere)).toEqual(first);
});

it('gives the seat to who comes last, without his having been gone', async () => {
  const first = await come(CUSTOMER);
  now += 1_000;
  const second = await come(CUSTOMER, '', elsewhere);
  expect(second.peerId).not.toBe(first.peerId);
  expect(second.facts).toMatchObject([
    { kind: 'PEER_JOINED', peerId: second.peerId },
    { kind: 'PEER_LEFT', peerId: first.peerId, cause: 'REMOVED', at: now },
  ]);
  expect((await rooms.presence.look(CUSTOMER)).mine).toBe(second.peerId);
  // The first page comes back by its old name: that one has ended.
  expect((await come(CUSTOMER, first.peerId)).peerId).not.toBe(first.peerId);
});

it('says once when somebody left, and that nobody is there any more', async () => {
  const [agent, customer] = [await come(AGENT), await come(CUSTOMER)];
  now += 5_000;
  const left = await rooms.presence.leave(CUSTOMER, customer.peerId, 'CLIENT_REQUEST', now);
  expect(left).toMatchObject([{ kind: 'PEER_LEFT', who: 'CUSTOMER', joinedAt: now - 5_000 }]);
  now += 5_000;
  const again = await elsewhere.presence.leave(CUSTOMER, customer.peerId, 'CONNECTION_LOST', now);
  expect(again).toEqual(left);
  const last = await elsewhere.presence.leave(AGENT, agent.peerId, 'CONNECTION_LOST', now);
  expect(kinds(last)).toEqual(['PEER_LEFT', 'ROOM_EMPTY']);
  expect(await rooms.presence.leave(AGENT, TRY, 'CLIENT_REQUEST', now)).toEqual([]);
});

it('finds who was lost with his process: across, and on coming back', async () => {
  const [agent, customer] = [await come(AGENT), await come(CUSTOMER)];
  const seen = now;
  now += LOST_AFTER_MS - 1;
  expect(await rooms.presence.renew(AGENT)).toBe(true);
  expect((await rooms.presence.look(AGENT)).other).toBe(customer.peerId);
  now += 2;
  const sight = await rooms.presence.look(AGENT);
  expect(sight).toMatchObject({
    other: '',
    facts: [{ kind: 'PEER_LEFT', who: 'CUSTOMER', at: seen, cause: 'CONNECTION_LOST' }],
  });
  expect(await rooms.presence.renew(CUSTOMER)).toBe(false);
  now += LOST_AFTER_MS;
  expect((await come(AGENT, agent.peerId)).facts).toMatchObject([
    { kind: 'PEER_JOINED' },
    { kind: 'PEER_LEFT', peerId: agent.peerId, cause: 'CONNECTION_LOST' },
  ]);
});

it('tells whoever asks later of somebody whose end nobody was there to write down', async () => {
  const records = elsewhere.records(new Tokens(randomBytes(32)), 'http://api.test');
  const { peerId } = await come(CUSTOMER);
  const [roomId, seen] = [localRoomId(PLACE), now];
  now += 2 * LOST_AFTER_MS;
  expect(kinds(await records.lookAt(roomId))).toEqual(['PEER_JOINED']);
  now += 1;
  const lost = { who: 'CUSTOMER', peerId, joinedAt: seen, at: seen, cause: 'CONNECTION_LOST' };
  expect(await records.lookAt(roomId)).toEqual([
    { kind: 'PEER_JOINED', who: 'CUSTOMER', peerId, at: seen },
    { kind: 'PEER_LEFT', ...lost },
    { kind: 'ROOM_EMPTY', at: seen },
  ]);
  // Of rooms that are not there, or none of ours, there is nothing to tell.
  expect(await records.lookAt(localRoomId({ ...PLACE, ouid: 'other' }))).toEqual([]);
  expect(await records.lookAt(`../x.${PLACE.avSessionId}`)).toEqual([]);
});

it('knows of a try to get in that came to nothing, once', async () => {
  const fact = await rooms.presence.fail(CUSTOMER, TRY, 'DENIED');
  now += 1_000;
  expect(await elsewhere.presence.fail(CUSTOMER, TRY, 'FAILED')).toEqual(fact);
  expect(fact).toMatchObject({ kind: 'JOIN_FAILED', who: 'CUSTOMER', why: 'DENIED' });
});

it('takes connections until the room has seen too many', async () => {
  let tries = 0;
  while (await rooms.presence.fail(CUSTOMER, TRY.replace(/.{4}$/, String(1_000 + tries)), 'FAILED'))
    tries += 1;
  expect(tries).toBe(400);
  expect(await rooms.presence.join(AGENT, '')).toBeUndefined();
});

it('lets nobody into a locked room', async () => {
  await come(AGENT);
  await elsewhere.files.lock(PLACE);
  const locked = expect.objectContaining({ code: 'ROOM_LOCKED' });
  await expect(rooms.presence.join(CUSTOMER, '')).rejects.toEqual(locked);
  await expect(rooms.presence.fail(CUSTOMER, TRY, 'DENIED')).rejects.toEqual(locked);
});

describe('messages', () => {
  const offer = { kind: 'OFFER', sdp: 'v=0\r\n' } as const;
  const put = (n: number, from = 'a', at = rooms) =>
    at.mailbox.put(PLACE, 'c', { from, n, signal: offer });
  const numbers = async (from = 'a', after = 0) =>
    (await elsewhere.mailbox.after(PLACE, 'c', from, after)).map(({ n }) => n);

  it('are told in the sender’s order, without gaps, each once', async () => {
    await put(2);
    expect(await numbers()).toEqual([]);
    await Promise.all([put(1), put(1, 'a', elsewhere), put(3), put(1, 'b')]);
    expect(await numbers()).toEqual([1, 2, 3]);
    expect(await numbers('a', 2)).toEqual([3]);
    expect(await numbers('b')).toEqual([1]);
  });

  it('go when the connection of either ends, and all of them with the call', async () => {
    const [agent, customer] = [await come(AGENT), await come(CUSTOMER)];
    const envelope = { from: agent.peerId, n: 1, signal: offer };
    await rooms.mailbox.put(PLACE, customer.peerId, envelope);
    await put(1);
    await rooms.presence.leave(AGENT, agent.peerId, 'CLIENT_REQUEST', now);
    expect(await rooms.mailbox.after(PLACE, customer.peerId, agent.peerId, 0)).toEqual([]);
    expect(await numbers()).toEqual([1]);
    await rooms.files.lock(PLACE);
    await expect(put(2)).rejects.toMatchObject({ code: 'ROOM_LOCKED' });
    expect(await readdir(join(root, 'demo', PLACE.avSessionId))).not.toContain('mail');
  });
});
