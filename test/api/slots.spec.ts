import { capture, inventedCustomer } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import type { OpeningHours } from '../../src/domain/openings';
import { daily, withHours } from '../support/opening-hours';
import { startStack, type Stack } from '../support/stack';
import { codeOf, inCall, openBank, queued, timelineOf, unhurried, type Created } from './cases';

interface Slots {
  readonly slots: readonly { readonly from: string; readonly to: string }[];
}
interface View {
  readonly status: string;
  readonly opensAt: string | null;
  readonly slot: string | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const bank = (ouid: string, hours: OpeningHours): Promise<ApiClient> =>
  stack.organization(ouid, (settings) => {
    const { policy, ...rest } = unhurried(settings);
    const { queues } = withHours({ version: 0, ...policy }, hours, 'english');
    return { ...rest, policy: { ...policy, queues } };
  });
const slotsOf = (customer: ApiClient) => customer.get<Slots>('/v1/capture/slots');
const book = (customer: ApiClient, at: number) =>
  customer.post('/v1/capture/slot', { at: new Date(at).toISOString() });

describe('a customer whose queue is closed', () => {
  it('learns when it opens, and books a time at which it is open', async () => {
    const client = await bank('slots-night', daily(Date.now(), 3, 9));
    const { customer, profileId } = await queued(client, 'night');
    const view = await customer.get<View>('/v1/capture');
    expect(view).toMatchObject({ status: 'SCHEDULED', slot: null });
    const { slots } = await slotsOf(customer);
    expect(slots[0]?.from).toBe(view.opensAt);
    const [opens, closes] = [slots[0]!.from, slots[0]!.to].map(Date.parse) as [number, number];
    expect(closes - opens).toBe(6 * HOUR);
    expect(slots.length).toBeGreaterThanOrEqual(30);
    expect(Date.parse(slots.at(-1)!.to)).toBeLessThanOrEqual(Date.now() + 30 * DAY);

    expect(await codeOf(book(customer, opens - HOUR))).toBe('SLOT_NOT_VALID');
    expect(await codeOf(book(customer, closes))).toBe('SLOT_NOT_VALID');
    await book(customer, opens);
    await expect(customer.get<View>('/v1/capture')).resolves.toMatchObject({
      slot: slots[0]!.from,
    });
    const events = await timelineOf(stack, client, profileId);
    expect(events.find((e) => e.eventType === 'profile.scheduled')?.details).toEqual({
      why: 'TECH_NO_AGENT_AVAILABLE',
      closed: ['english'],
      opensAt: view.opensAt,
    });
  });

  it('has no such times while he need not come back, nor by a login that is over', async () => {
    const client = await bank('slots-day', daily(Date.now(), -1, 9));
    const created = await client.post<Created>('/v1/profiles', inventedCustomer('day'));
    const first = await capture(client, created.captureLink.token);
    await expect(slotsOf(first)).resolves.toEqual({ slots: [] });
    await expect(first.get('/v1/capture')).resolves.toMatchObject({
      status: 'QUEUED',
      opensAt: null,
    });
    await client.post('/v1/capture/sessions', { link: created.captureLink.token });
    expect(await codeOf(slotsOf(first))).toBe('CAPTURE_SESSION_CLOSED');
  });
});

it('offers any time of the next 30 days to somebody whose queue is always open', async () => {
  const { client, agent } = await openBank(stack, 'slots-always');
  const { customer, avSessionId } = await inCall(client, agent, 'later');
  const later = { decision: 'UTV', reason: 'BIZ_CUSTOMER_BUSY_CALL_LATER' };
  await agent.post(`/v1/av-sessions/${avSessionId}/decision`, later);
  const { slots } = await slotsOf(customer);
  expect(slots).toHaveLength(1);
  expect(Date.parse(slots[0]!.to) - Date.parse(slots[0]!.from)).toBe(30 * DAY);
  await expect(customer.get('/v1/capture')).resolves.toMatchObject({ opensAt: null });
});

it('starts no case for a language whose only queue never opens', async () => {
  const client = await bank('slots-never', { timeZone: 'Asia/Kolkata', weekly: [] });
  const call = client.post('/v1/profiles', inventedCustomer('never'));
  expect(await codeOf(call)).toBe('FIELD_INVALID');
});

it('takes no opening hours that cannot be read', async () => {
  const declared = bank('slots-wrong', { timeZone: 'Asia/Bombai', weekly: [] });
  await expect(declared).rejects.toThrow('queue english: Asia/Bombai is no time zone');
});
