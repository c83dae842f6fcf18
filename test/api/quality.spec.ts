import { until } from '../../src/local/demo/actors';
import { ApiProblem, type ApiClient } from '../../src/local/demo/http';
import { startStack, type Stack } from '../support/stack';
import { codeOf, inCall, openBank, queued } from './cases';
import { problemFaults, request } from './http';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

async function bank() {
  const ouid = `bank-quality-${(banks += 1)}`;
  return {
    ...(await openBank(stack, ouid)),
    supervisor: await stack.staff(ouid, 'SUPERVISOR', 'supervisor-1'),
  };
}

interface Inspected {
  readonly room: string;
  readonly agentSaid: { decision: string; reason: string } | null;
  readonly quality: Record<'customer' | 'agent', { samples: number; cause: string }>;
  readonly entries: readonly { at: string; source: string; type: string }[];
  readonly truncated: boolean;
}
interface Rooms {
  readonly items: readonly { avSessionId: string; room: string; inside: { who: string }[] }[];
  readonly asOf: string;
}

const CUSTOMER = '/v1/capture/call/quality';
const at = (ms = 0): string => new Date(Date.now() + ms).toISOString();
const network = (score: number, ms = 0) => ({ at: at(ms), kind: 'NETWORK', score });

/** Waits until the log knows the call, and it is as `found` wants it. */
function inspected(
  supervisor: ApiClient,
  avSessionId: string,
  found: (it: Inspected) => boolean = () => true,
): Promise<Inspected> {
  return until('the log to know the call', async () => {
    const path = `/v1/av-sessions/${avSessionId}/inspection`;
    try {
      const it = await supervisor.get<Inspected>(path);
      return found(it) ? it : undefined;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'NOT_FOUND') throw error;
      return undefined;
    }
  });
}

it('is taken from both sides of a call, once, and stands beside what the agent said', async () => {
  const { client, agent, supervisor } = await bank();
  const { customer, avSessionId } = await inCall(client, agent, 'weak');
  const batch = {
    samples: [
      { at: at(-40_000), kind: 'RECONNECTING' },
      { at: at(-20_000), kind: 'RECONNECTED' },
      { at: at(), kind: 'STATS', jitterMs: 12.5, packetLossPercent: 0 },
      { at: at(), kind: 'ERROR', code: 1003, terminal: false },
      network(1),
    ],
  };
  await expect(customer.post(CUSTOMER, batch)).resolves.toEqual({ avSessionId, samples: 5 });
  await customer.post(CUSTOMER, { ...batch, avSessionId });
  await agent.post(`/v1/av-sessions/${avSessionId}/quality`, { samples: [network(5)] });
  const reason = 'BIZ_CONSENT_REFUSED';
  await agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'UTV', reason });
  const found = await inspected(
    supervisor,
    avSessionId,
    ({ agentSaid, room }) => agentSaid !== null && room === 'LOCKED',
  );
  expect(found).toMatchObject({
    agentSaid: { decision: 'UTV', reason },
    quality: {
      customer: { cause: 'TECH_POOR_NETWORK_CUSTOMER', samples: 5, secondsDisconnected: 20 },
      agent: { cause: '', samples: 1 },
    },
    truncated: false,
  });
  const types = found.entries.map(({ type }) => type);
  for (const type of ['av.opened', 'task.created', 'maker.decided', 'RECONNECTING', 'NETWORK'])
    expect(types).toContain(type);
  const times = found.entries.map((entry) => Date.parse(entry.at));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  // What is left in the client's memory comes after the call.
  await expect(customer.post(CUSTOMER, { samples: [network(4)] })).resolves.toMatchObject({
    avSessionId,
  });
});

it('is nobody’s but theirs who are in the call', async () => {
  const { client, agent, other } = await bank();
  const stranger = await bank();
  const samples = [network(4)];
  const { customer: waiting } = await queued(stranger.client, 'waiting');
  expect(await codeOf(waiting.post(CUSTOMER, { samples }))).toBe('CALL_NOT_OPEN');
  const { avSessionId, profileId, customer } = await inCall(client, agent, 'called');
  const path = `/v1/av-sessions/${avSessionId}`;
  expect(await codeOf(other.post(`${path}/quality`, { samples }))).toBe('NOT_ASSIGNED');
  expect(await codeOf(stranger.agent.post(`${path}/quality`, { samples }))).toBe('PROFILE_UNKNOWN');
  expect(await codeOf(stranger.supervisor.get(`${path}/inspection`))).toBe('NOT_FOUND');
  const another = { samples, avSessionId: `${profileId}.9` };
  expect(await codeOf(customer.post(CUSTOMER, another))).toBe('CALL_NOT_OPEN');
});

it('says 503 while the log is away, and takes the batch again later', async () => {
  const { client, agent, supervisor } = await bank();
  const { customer, avSessionId } = await inCall(client, agent, 'away');
  await inspected(supervisor, avSessionId);
  const json = { samples: [network(3), network(4, -1_000)] };
  await stack.clickhouse.kill();
  try {
    const refused = await request(stack.url, 'POST', CUSTOMER, { token: customer.token, json });
    expect(problemFaults(refused, [503])).toEqual([]);
    expect(refused.json['code']).toBe('LOG_UNAVAILABLE');
    expect(refused.headers.get('retry-after')).toBe('5');
  } finally {
    await stack.clickhouse.start();
  }
  await expect(customer.post(CUSTOMER, json)).resolves.toEqual({ avSessionId, samples: 2 });
  const { quality } = await inspected(supervisor, avSessionId);
  expect(quality.customer.samples).toBe(2);
});

it('shows which rooms are live and who is in them', async () => {
  const { client, agent, supervisor } = await bank();
  const { customer, avSessionId } = await inCall(client, agent, 'live');
  const listed = (wanted: (it: Rooms) => boolean): Promise<Rooms> =>
    until('the list to know it', async () => {
      const rooms = await supervisor.get<Rooms>('/v1/supervision/rooms');
      return wanted(rooms) ? rooms : undefined;
    });
  await listed(({ items }) => items.some(({ room }) => room === 'OPEN'));
  await customer.post('/v1/capture/call/join');
  const { items, asOf } = await listed(({ items: [room] }) => (room?.inside.length ?? 0) > 0);
  expect(items).toMatchObject([{ avSessionId, room: 'OPEN', inside: [{ who: 'CUSTOMER' }] }]);
  expect(asOf).not.toBe('');
  await agent.post(`/v1/av-sessions/${avSessionId}/end`);
  await expect(listed((rooms) => rooms.items.length === 0)).resolves.toMatchObject({ items: [] });
  expect(await codeOf(supervisor.get('/v1/supervision/rooms?cursor=bm9uZQ'))).toBe(
    'CURSOR_INVALID',
  );
});
