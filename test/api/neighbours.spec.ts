import { reviewAndApprove, takeCustomer, until, type Case } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { startStack, type Stack } from '../support/stack';
import { codeOf, created, inCall, inReview, passTasks, queued, SHA, stateOf } from './cases';
import { png } from './http';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

/** An organization of the test's own: agents of another test are not in its line. */
async function bank() {
  banks += 1;
  const ouid = `bank-${banks}`;
  return {
    ouid,
    client: await stack.organization(ouid),
    agent: await stack.staff(ouid, 'AGENT', 'agent-1'),
    other: await stack.staff(ouid, 'AGENT', 'agent-2'),
    reviewer: await stack.staff(ouid, 'REVIEWER', 'reviewer-1'),
    second: await stack.staff(ouid, 'REVIEWER', 'reviewer-2'),
  };
}
const consent = { version: '2026-01', language: 'en', textSha256: SHA };
const login = async (by: ApiClient, link: string): Promise<ApiClient> =>
  by.as((await by.post<{ token: string }>('/v1/capture/sessions', { link })).token);

async function timeline(client: ApiClient, profileId: string): Promise<{ eventType: string; details: Record<string, unknown> }[]> {
  const { seq } = await stateOf(stack, profileId);
  return (await client.get<{ events: { eventType: string; details: Record<string, unknown> }[] }>(`/v1/profiles/${profileId}/timeline?limit=1000&seq=${seq}`)).events;
}

describe('capture', () => {
  it('closes the first login by the second, and the links by a new one', async () => {
    const { client } = await bank();
    const { profileId, captureLink } = await created(client, 'logins');
    const [first, second] = [await login(client, captureLink.token), await login(client, captureLink.token)];
    expect(await codeOf(first.post('/v1/capture/consent', consent))).toBe('CAPTURE_SESSION_CLOSED');
    expect(await codeOf(first.get('/v1/capture'))).toBe('CAPTURE_SESSION_CLOSED');
    await second.post('/v1/capture/consent', consent);
    const events = await timeline(client, profileId);
    expect(events.filter((e) => e.eventType === 'capture.session-closed').map((e) => e.details)).toEqual([{ why: 'REPLACED' }]);
    const fresh = await client.post<{ token: string }>(`/v1/profiles/${profileId}/capture-links`);
    expect(await codeOf(login(client, captureLink.token))).toBe('LINK_NOT_VALID');
    await expect(login(client, fresh.token)).resolves.toBeDefined();
  });

  it('takes nothing before consent, and submits nothing that is not complete', async () => {
    const { client } = await bank();
    const { captureLink, profileId } = await created(client, 'order');
    const customer = await login(client, captureLink.token);
    const upload = (kind: string): Promise<unknown> => customer.upload(`/v1/capture/documents?kind=${kind}`, png(kind), 'image/png');
    const submit = (language = 'en', skills: string[] = []): Promise<unknown> => customer.post('/v1/capture/submit', { language, skills });
    expect(await codeOf(upload('PAN_CARD'))).toBe('CONSENT_REQUIRED');
    expect(await codeOf(submit())).toBe('CONSENT_REQUIRED');
    expect(await codeOf(customer.post('/v1/capture/consent', { ...consent, version: '1999' }))).toBe('CONSENT_VERSION_UNKNOWN');
    await customer.post('/v1/capture/consent', consent);
    await upload('PAN_CARD');
    await upload('PAN_CARD');
    expect(await codeOf(submit())).toBe('DOCUMENT_MISSING');
    await expect(customer.get('/v1/capture')).resolves.toMatchObject({ missing: ['AADHAAR_MASKED', 'CUSTOMER_PHOTO'] });
    await upload('AADHAAR_MASKED');
    await upload('CUSTOMER_PHOTO');
    expect(await codeOf(submit('fr'))).toBe('NO_QUEUE_FITS');
    expect(await codeOf(submit('hi', ['credit-card']))).toBe('NO_QUEUE_FITS');
    await expect(submit()).resolves.toMatchObject({ status: 'QUEUED' });
    expect(await codeOf(submit())).toBe('WRONG_STATUS');
    await expect(customer.get('/v1/capture')).resolves.toMatchObject({ queue: { queueName: 'English', position: 1 }, missing: [] });
    expect((await stateOf(stack, profileId)).documents.map((d) => d.replaced)).toEqual([true, false, false, false]);
  });
});

describe('the call', () => {
  it('is offered to the next agent when one declines, with the customer’s place kept', async () => {
    const { client, agent, other } = await bank();
    await agent.post('/v1/agents/me/online');
    const { profileId } = await queued(client, 'declined');
    const offerOf = (by: ApiClient): Promise<string> =>
      until('an offer', async () => (await by.get<{ offer: { offerId: string } | null }>('/v1/agents/me')).offer?.offerId);
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
      other.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE' }),
      other.upload(`/v1/av-sessions/${avSessionId}/images?kind=CALL_CAPTURE`, png('x'), 'image/png'),
    ];
    await expect(Promise.all(strangers.map(codeOf))).resolves.toEqual(strangers.map(() => 'NOT_ASSIGNED'));
    await expect(agent.post('/v1/agents/me/offline')).resolves.toMatchObject({ state: 'BUSY', profileId });
    await agent.post('/v1/agents/me/online');
    await agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE' });
    expect(await takeCustomer(agent)).toBe(`${profileId}.2`);
    const late = [
      agent.post(`/v1/av-sessions/${avSessionId}/end`),
      agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'UTV', reason: 'BIZ_CONSENT_REFUSED' }),
      agent.post(`/v1/av-sessions/${avSessionId}/tasks/${profileId}.2.t1/verdict`, { verdict: 'PASS' }),
      agent.upload(`/v1/av-sessions/${avSessionId}/images?kind=CALL_CAPTURE`, png('x'), 'image/png'),
    ];
    expect(await Promise.all(late.map(codeOf))).not.toContain('none');
    await expect(stateOf(stack, profileId)).resolves.toMatchObject({ status: 'IN_CALL' });
  });

  it('leaves the desk when it is decided, if its agent went offline meanwhile', async () => {
    const { client, agent } = await bank();
    const { avSessionId } = await inCall(client, agent, 'leaving');
    await agent.post('/v1/agents/me/offline');
    await agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'UTV', reason: 'BIZ_CONSENT_REFUSED' });
    await until('the agent to be gone', async () =>
      (await agent.get<{ state: string }>('/v1/agents/me')).state === 'OFFLINE' ? true : undefined);
  });
});

describe('the maker', () => {
  it('approves with every mandatory task done, rejects with reason and remark, has a reason for UTV', async () => {
    const { client, agent } = await bank();
    const { avSessionId, profileId } = await inCall(client, agent, 'rules');
    const decide = (json: object): Promise<string> => codeOf(agent.post(`/v1/av-sessions/${avSessionId}/decision`, json));
    expect(await decide({ decision: 'APPROVED' })).toBe('TASK_OPEN');
    expect(await decide({ decision: 'REJECTED', remark: 'forged' })).toBe('REASON_REQUIRED');
    expect(await decide({ decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED' })).toBe('REMARK_REQUIRED');
    expect(await decide({ decision: 'REJECTED', reason: 'NO_SUCH_REASON', remark: 'forged' })).toBe('REASON_NOT_ALLOWED');
    expect(await decide({ decision: 'REJECTED', reason: 'TECH_SERVER_ERROR', remark: 'forged' })).toBe('REASON_NOT_ALLOWED');
    expect(await decide({ decision: 'UTV' })).toBe('REASON_REQUIRED');
    expect(await decide({ decision: 'UTV', reason: 'BIZ_DOC_TAMPERED' })).toBe('REASON_NOT_ALLOWED');
    await expect(stateOf(stack, profileId)).resolves.toMatchObject({ status: 'IN_CALL' });
    await passTasks(agent, avSessionId);
    expect(await decide({ decision: 'APPROVED' })).toBe('none');
  });

  // The four reasons the product's first description names, and what each leads to.
  it.each([
    ['BIZ_PAN_NOT_AVAILABLE', 'SCHEDULED'],
    ['TECH_CALL_DROPPED_CUSTOMER', 'QUEUED'],
    ['BIZ_NAME_MISMATCH_PAN_AADHAAR', 'UNABLE_TO_VERIFY'],
    ['BIZ_PAN_IMAGE_NOT_CLEAR', 'CAPTURE_IN_PROGRESS'],
    ['TECH_POOR_NETWORK_CUSTOMER', 'QUEUED'],
  ])('leads by %s to %s', async (reason, status) => {
    const { client, agent } = await bank();
    const { avSessionId, profileId } = await inCall(client, agent, `utv-${reason}`);
    await expect(agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'UTV', reason })).resolves.toMatchObject({ status });
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({ reason: { code: reason } });
    const decided = (await timeline(client, profileId)).find((e) => e.eventType === 'maker.decided');
    expect(decided).toMatchObject({ reason, reasonClass: reason.startsWith('BIZ') ? 'BUSINESS' : 'TECHNICAL' });
  });
});

describe('the checker', () => {
  it('approves against the maker only with an override reason and a verdict on everything', async () => {
    const { client, agent, reviewer, second } = await bank();
    const { profileId } = await inReview(client, agent, 'override', { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED', remark: 'looks forged' });
    const review = `/v1/reviews/${profileId}`;
    const decide = (by: ApiClient, json: object): Promise<string> => codeOf(by.post(`${review}/decision`, json));
    expect(await decide(reviewer, { decision: 'APPROVED' })).toBe('WRONG_STATUS');
    await reviewer.post(`${review}/claim`);
    expect(await codeOf(second.post(`${review}/claim`))).toBe('WRONG_STATUS');
    expect(await decide(second, { decision: 'APPROVED' })).toBe('NOT_ASSIGNED');
    expect(await decide(reviewer, { decision: 'APPROVED', overrideReason: 'MAKER_ERROR' })).toBe('REVIEW_INCOMPLETE');
    expect(await decide(reviewer, { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED' })).toBe('REMARK_REQUIRED');
    const { documents, tasks } = await reviewer.get<Case>(review);
    const subjects = [...documents.map(({ documentId }) => ({ documentId })), ...tasks.map(({ taskId }) => ({ taskId }))];
    for (const subject of subjects) await reviewer.post(`${review}/verdicts`, { ...subject, verdict: 'PASS' });
    await expect(reviewer.get(`/v1/profiles/${profileId}/remarks/maker`)).resolves.toEqual({ remark: 'looks forged' });
    expect(await decide(reviewer, { decision: 'APPROVED' })).toBe('OVERRIDE_REASON_REQUIRED');
    expect(await decide(reviewer, { decision: 'APPROVED', overrideReason: 'EVIDENCE_SUFFICIENT' })).toBe('none');
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({ status: 'APPROVED', checker: { reviewerId: 'reviewer-1' }, maker: { decision: 'REJECTED' } });
    const decided = (await timeline(client, profileId)).find((e) => e.eventType === 'checker.decided');
    expect(decided?.details).toMatchObject({ overridden: true, overrideReason: 'EVIDENCE_SUFFICIENT' });
  });

  it('is never the agent himself, and gives a case back for another', async () => {
    const { ouid, client, agent, second } = await bank();
    const same = await stack.organization('bank-same-2', (s) => ({ ...s, reviewers: [...s.reviewers, 'agent-1'] }));
    const both = await stack.staff('bank-same-2', 'AGENT', 'agent-1');
    const own = await inReview(same, both, 'self');
    const asReviewer = await stack.staff('bank-same-2', 'REVIEWER', 'agent-1');
    expect(await codeOf(asReviewer.post(`/v1/reviews/${own.profileId}/claim`))).toBe('SELF_REVIEW');
    expect(await codeOf(asReviewer.get(`/v1/reviews/${own.profileId}`))).toBe('NOT_ASSIGNED');

    const reviewer = await stack.staff(ouid, 'REVIEWER', 'reviewer-1');
    const { profileId } = await inReview(client, agent, 'released');
    await reviewer.post(`/v1/reviews/${profileId}/claim`);
    await reviewer.post(`/v1/reviews/${profileId}/verdicts`, { documentId: `${profileId}.d1`, verdict: 'PASS' });
    await reviewer.post(`/v1/reviews/${profileId}/release`);
    expect(await codeOf(reviewer.get(`/v1/profiles/${profileId}/details`))).toBe('NOT_ASSIGNED');
    await reviewAndApprove(second, profileId);
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({ status: 'APPROVED', checker: { reviewerId: 'reviewer-2' } });
  });

  it('finds the cases that wait, and those in his hands', async () => {
    const { client, agent, reviewer } = await bank();
    const { profileId } = await inReview(client, agent, 'listed');
    await until('the list to know it', async () =>
      (await reviewer.get<{ items: object[] }>('/v1/reviews')).items.length === 1 ? true : undefined);
    await reviewer.post(`/v1/reviews/${profileId}/claim`);
    await until('the list to know it is claimed', async () =>
      (await reviewer.get<{ items: object[] }>('/v1/reviews?status=IN_REVIEW')).items.length === 1 ? true : undefined);
    await expect(reviewer.get('/v1/reviews')).resolves.toMatchObject({ items: [] });
  });
});

describe('cancelling', () => {
  it.each(['CAPTURE_PENDING', 'QUEUED', 'IN_CALL', 'REVIEW_PENDING', 'IN_REVIEW'])('ends a case that is %s and settles everything', async (status) => {
    const { client, agent, reviewer } = await bank();
    const reach: Record<string, () => Promise<{ profileId: string }>> = {
      CAPTURE_PENDING: () => created(client, status),
      QUEUED: () => queued(client, status),
      IN_CALL: () => inCall(client, agent, status),
      REVIEW_PENDING: () => inReview(client, agent, status),
      IN_REVIEW: async () => {
        const it = await inReview(client, agent, status);
        await reviewer.post(`/v1/reviews/${it.profileId}/claim`);
        return it;
      },
    };
    const { profileId } = (await reach[status]?.()) ?? { profileId: '' };
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({ status });
    await expect(client.post(`/v1/profiles/${profileId}/cancel`, { cancelReason: 'CUSTOMER_WITHDREW' })).resolves.toMatchObject({ status: 'CANCELLED' });
    await stack.client.workflow.getHandle(`profile/${profileId}`).result();
    const events = await timeline(client, profileId);
    expect(events.at(-1)?.eventType).toBe('profile.closed');
    if (status === 'IN_CALL') expect((await stateOf(stack, profileId)).avSessions.map((av) => av.room)).toEqual(['LOCKED']);
    await agent.post('/v1/agents/me/online');
    await expect(agent.get('/v1/agents/me')).resolves.toMatchObject({ state: 'FREE', offer: null });
    expect(await codeOf(client.post(`/v1/profiles/${profileId}/cancel`, { cancelReason: 'CLIENT_REQUEST' }))).toBe('PROFILE_FINAL');
  });
});
