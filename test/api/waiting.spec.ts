import { until } from '../../src/local/demo/actors';
import { ApiClient } from '../../src/local/demo/http';
import { EventStream } from '../support/event-stream';
import { startStack, type Stack } from '../support/stack';
import { codeOf, created, inCall, openBank, queued, stateOf, timelineOf } from './cases';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const bank = () => openBank(stack, `bank-waiting-${(banks += 1)}`);

interface Offered {
  readonly state: string;
  readonly offer: { readonly offerId: string; readonly profileId: string } | null;
}
const offered = (agent: ApiClient, profileId: string) =>
  until(`the agent is offered ${profileId}`, async () => {
    const { offer } = await agent.get<Offered>('/v1/agents/me');
    return offer?.profileId === profileId ? offer.offerId : undefined;
  });
const atPlace = ({ customer }: { customer: ApiClient }, position: number) =>
  until(`he is at place ${position}`, async () => {
    const { queue } = await customer.get<{ queue: { position: number } }>('/v1/capture');
    return queue.position === position ? true : undefined;
  });
const isNow = (profileId: string, status: string) =>
  until(`the case is ${status}`, async () =>
    (await stateOf(stack, profileId)).status === status ? true : undefined,
  );

describe('a callback', () => {
  it('keeps the place: he is called in his turn, and comes first when he is back', async () => {
    const { client, agent } = await bank();
    const first = await queued(client, 'called-back');
    await atPlace(first, 1);
    const asked = await first.customer.post('/v1/capture/waiting/callback');
    expect(asked).toMatchObject({ inLine: true, position: 1, callback: 'ASKED' });
    const page = await EventStream.ofCustomer(stack.url, first.customer.token);
    await page.told({ position: 1, callback: 'ASKED' });
    await agent.post('/v1/agents/me/online');
    await page.told({ callback: 'CALLED' });
    // Nobody waits for him: the agent takes who is there.
    const second = await queued(client, 'there');
    const offerId = await offered(agent, second.profileId);
    await first.customer.post('/v1/capture/waiting/back');
    await page.told({ position: 1, callback: null });
    await agent.post(`/v1/offers/${offerId}/decline`);
    await offered(agent, first.profileId);
    await page.close();
  });

  it('is for who waits in line', async () => {
    const { client, agent } = await bank();
    const { customer } = await inCall(client, agent, 'in-call');
    expect(await codeOf(customer.post('/v1/capture/waiting/callback'))).toBe('WRONG_STATUS');
  });

  it('is for the login that is open', async () => {
    const { client } = await bank();
    const { customer, captureLink } = await queued(client, 'two-devices');
    await customer.post('/v1/capture/sessions', { link: captureLink.token });
    for (const what of ['callback', 'away', 'back']) {
      const call = customer.post(`/v1/capture/waiting/${what}`);
      expect(await codeOf(call)).toBe('CAPTURE_SESSION_CLOSED');
    }
  });
});

describe('a customer who goes', () => {
  it('is skipped, and has his place again as soon as his page asks', async () => {
    const { client, agent } = await bank();
    const first = await queued(client, 'gone');
    await atPlace(first, 1);
    await first.customer.post('/v1/capture/waiting/away');
    const second = await queued(client, 'stays');
    await atPlace(second, 2);
    await agent.post('/v1/agents/me/online');
    const offerId = await offered(agent, second.profileId);
    await first.customer.get('/v1/capture');
    await agent.post(`/v1/offers/${offerId}/decline`);
    expect(await offered(agent, first.profileId)).toContain(first.profileId);
  });

  it('changes nothing when he is not in line', async () => {
    const { client } = await bank();
    const { captureLink, profileId } = await created(client, 'not-yet');
    const api = new ApiClient(stack.url);
    const login = { link: captureLink.token };
    const { token } = await api.post<{ token: string }>('/v1/capture/sessions', login);
    await api.as(token).post('/v1/capture/waiting/away');
    expect((await stateOf(stack, profileId)).status).toBe('CAPTURE_IN_PROGRESS');
  });
});

describe('a supervisor', () => {
  it('closes a queue: who waits comes back another time, in his place', async () => {
    const { ouid, client, agent } = await bank();
    const supervisor = await stack.staff(ouid, 'SUPERVISOR', 'supervisor-1');
    const close = (queueId: string) =>
      supervisor.post<{ queues: object[] }>(`/v1/supervision/queues/${queueId}/close`, {
        why: 'OUTAGE',
      });
    expect(await codeOf(close('none'))).toBe('NOT_FOUND');
    const { customer, profileId } = await queued(client, 'closed');
    const { line } = await stateOf(stack, profileId);
    const { queues } = await close('english');
    expect(queues).toContainEqual(
      expect.objectContaining({ queueId: 'english', closed: 'OUTAGE' }),
    );
    await isNow(profileId, 'SCHEDULED');
    const submit = () => customer.post('/v1/capture/submit', { language: 'en' });
    await submit();
    await isNow(profileId, 'SCHEDULED');
    await supervisor.post('/v1/supervision/queues/english/open');
    await submit();
    await agent.post('/v1/agents/me/online');
    await offered(agent, profileId);
    expect((await stateOf(stack, profileId)).line?.since).toBe(line?.since);
  });

  it('releases a stuck call: the agent is free, the customer in his old place', async () => {
    const { ouid, client, agent, other } = await bank();
    const supervisor = await stack.staff(ouid, 'SUPERVISOR', 'supervisor-1');
    const { profileId } = await inCall(client, agent, 'stuck');
    const path = `/v1/supervision/profiles/${profileId}/release-call`;
    await agent.post('/v1/agents/me/offline');
    await supervisor.post(path, { why: 'AGENT_UNREACHABLE' });
    expect(await codeOf(supervisor.post(path, { why: 'STUCK' }))).toBe('WRONG_STATUS');
    await other.post('/v1/agents/me/online');
    await offered(other, profileId);
    const types = (await timelineOf(stack, client, profileId)).map(({ eventType }) => eventType);
    expect(types).toEqual(expect.arrayContaining(['call.released', 'av.ended', 'queue.entered']));
  });
});
