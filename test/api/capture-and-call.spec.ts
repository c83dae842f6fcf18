import { takeCustomer, until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { startStack, type Stack } from '../support/stack';
import { codeOf, created, inCall, openBank, queued, SHA, stateOf, timelineOf } from './cases';
import { png } from './http';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const bank = () => openBank(stack, `bank-${(banks += 1)}`);
const consent = { version: '2026-01', language: 'en', textSha256: SHA };
const login = async (by: ApiClient, link: string): Promise<ApiClient> =>
  by.as((await by.post<{ token: string }>('/v1/capture/sessions', { link })).token);

describe('capture', () => {
  it('closes the first login by the second, and the links by a new one', async () => {
    const { client } = await bank();
    const { profileId, captureLink } = await created(client, 'logins');
    const [first, second] = [
      await login(client, captureLink.token),
      await login(client, captureLink.token),
    ];
    expect(await codeOf(first.post('/v1/capture/consent', consent))).toBe('CAPTURE_SESSION_CLOSED');
    expect(await codeOf(first.get('/v1/capture'))).toBe('CAPTURE_SESSION_CLOSED');
    await second.post('/v1/capture/consent', consent);
    const events = await timelineOf(stack, client, profileId);
    expect(
      events.filter((e) => e.eventType === 'capture.session-closed').map((e) => e.details),
    ).toEqual([{ why: 'REPLACED' }]);
    const fresh = await client.post<{ token: string }>(`/v1/profiles/${profileId}/capture-links`);
    expect(await codeOf(login(client, captureLink.token))).toBe('LINK_NOT_VALID');
    await expect(login(client, fresh.token)).resolves.toBeDefined();
  });

  it('takes nothing before consent, and submits nothing that is not complete', async () => {
    const { client } = await bank();
    const { captureLink, profileId } = await created(client, 'order');
    const customer = await login(client, captureLink.token);
    const upload = (kind: string): Promise<unknown> =>
      customer.upload(`/v1/capture/documents?kind=${kind}`, png(kind), 'image/png');
    const submit = (language = 'en', skills: string[] = []): Promise<unknown> =>
      customer.post('/v1/capture/submit', { language, skills });
    expect(await codeOf(upload('PAN_CARD'))).toBe('CONSENT_REQUIRED');
    expect(await codeOf(submit())).toBe('CONSENT_REQUIRED');
    expect(
      await codeOf(customer.post('/v1/capture/consent', { ...consent, version: '1999' })),
    ).toBe('CONSENT_VERSION_UNKNOWN');
    await customer.post('/v1/capture/consent', consent);
    await upload('PAN_CARD');
    await upload('PAN_CARD');
    expect(await codeOf(submit())).toBe('DOCUMENT_MISSING');
    await expect(customer.get('/v1/capture')).resolves.toMatchObject({
      missing: ['AADHAAR_MASKED', 'CUSTOMER_PHOTO'],
    });
    await upload('AADHAAR_MASKED');
    await upload('CUSTOMER_PHOTO');
    expect(await codeOf(submit('fr'))).toBe('NO_QUEUE_FITS');
    expect(await codeOf(submit('hi', ['credit-card']))).toBe('NO_QUEUE_FITS');
    await expect(submit()).resolves.toMatchObject({ status: 'QUEUED' });
    expect(await codeOf(submit())).toBe('WRONG_STATUS');
    await expect(customer.get('/v1/capture')).resolves.toMatchObject({
      queue: { queueName: 'English', position: 1 },
      missing: [],
    });
    expect((await stateOf(stack, profileId)).documents.map((d) => d.replaced)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('the call', () => {
  it('is offered to the next agent when one declines, with the customer’s place kept', async () => {
    const { client, agent, other } = await bank();
    await agent.post('/v1/agents/me/online');
    const { profileId } = await queued(client, 'declined');
    const offerOf = (by: ApiClient): Promise<string> =>
      until(
        'an offer',
        async () =>
          (await by.get<{ offer: { offerId: string } | null }>('/v1/agents/me')).offer?.offerId,
      );
    const offer = await offerOf(agent);
    await other.post('/v1/agents/me/online');
    expect(await codeOf(other.post(`/v1/offers/${offer}/accept`))).toBe('OFFER_GONE');
    await agent.post(`/v1/offers/${offer}/decline`);
    expect(await codeOf(agent.post(`/v1/offers/${offer}/accept`))).toBe('OFFER_GONE');
    const next = await offerOf(other);
    expect(next).not.toBe(offer);
    const accepted = await other.post(`/v1/offers/${next}/accept`);
    expect(accepted).toMatchObject({ state: 'CONFIRMED', profileId });
    await expect(other.post(`/v1/offers/${next}/accept`)).resolves.toEqual(accepted);
  });

  it('is nobody’s but its agent’s, and a later call is not touched by what is meant for an earlier', async () => {
    const { client, agent, other } = await bank();
    const { avSessionId, profileId } = await inCall(client, agent, 'two-calls');
    const strangers = [
      other.get(`/v1/av-sessions/${avSessionId}`),
      other.post(`/v1/av-sessions/${avSessionId}/join`),
      other.post(`/v1/av-sessions/${avSessionId}/end`),
      other.post(`/v1/av-sessions/${avSessionId}/decision`, {
        decision: 'UTV',
        reason: 'BIZ_FACE_NOT_VISIBLE',
      }),
      other.upload(
        `/v1/av-sessions/${avSessionId}/images?kind=CALL_CAPTURE`,
        png('x'),
        'image/png',
      ),
    ];
    await expect(Promise.all(strangers.map(codeOf))).resolves.toEqual(
      strangers.map(() => 'NOT_ASSIGNED'),
    );
    await expect(agent.post('/v1/agents/me/offline')).resolves.toMatchObject({
      state: 'BUSY',
      profileId,
    });
    await agent.post('/v1/agents/me/online');
    await agent.post(`/v1/av-sessions/${avSessionId}/decision`, {
      decision: 'UTV',
      reason: 'BIZ_FACE_NOT_VISIBLE',
    });
    expect(await takeCustomer(agent)).toBe(`${profileId}.2`);
    const late = [
      agent.post(`/v1/av-sessions/${avSessionId}/end`),
      agent.post(`/v1/av-sessions/${avSessionId}/decision`, {
        decision: 'UTV',
        reason: 'BIZ_CONSENT_REFUSED',
      }),
      agent.post(`/v1/av-sessions/${avSessionId}/tasks/${profileId}.2.t1/verdict`, {
        verdict: 'PASS',
      }),
      agent.upload(
        `/v1/av-sessions/${avSessionId}/images?kind=CALL_CAPTURE`,
        png('x'),
        'image/png',
      ),
    ];
    expect(await Promise.all(late.map(codeOf))).not.toContain('none');
    await expect(stateOf(stack, profileId)).resolves.toMatchObject({ status: 'IN_CALL' });
  });

  it('leaves the desk when it is decided, if its agent went offline meanwhile', async () => {
    const { client, agent } = await bank();
    const { avSessionId } = await inCall(client, agent, 'leaving');
    await agent.post('/v1/agents/me/offline');
    await agent.post(`/v1/av-sessions/${avSessionId}/decision`, {
      decision: 'UTV',
      reason: 'BIZ_CONSENT_REFUSED',
    });
    const gone = until('the agent to be gone', async () => {
      const { state } = await agent.get<{ state: string }>('/v1/agents/me');
      return state === 'OFFLINE' ? state : undefined;
    });
    await expect(gone).resolves.toBe('OFFLINE');
  });
});
