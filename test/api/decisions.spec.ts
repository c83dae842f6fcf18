import { checkAndApprove, takeReview, until, type Case } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { startStack, type Stack } from '../support/stack';
import {
  codeOf,
  created,
  inCall,
  inReview,
  openBank,
  passTasks,
  queued,
  stateOf,
  timelineOf,
} from './cases';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const bank = () => openBank(stack, `bank-${(banks += 1)}`);

describe('the maker', () => {
  it('approves with every mandatory task done, rejects with reason and remark, has a reason for UTV', async () => {
    const { client, agent } = await bank();
    const { avSessionId, profileId } = await inCall(client, agent, 'rules');
    const decide = (json: object): Promise<string> =>
      codeOf(agent.post(`/v1/av-sessions/${avSessionId}/decision`, json));
    expect(await decide({ decision: 'APPROVED' })).toBe('TASK_OPEN');
    expect(await decide({ decision: 'REJECTED', remark: 'forged' })).toBe('REASON_REQUIRED');
    expect(await decide({ decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED' })).toBe(
      'REMARK_REQUIRED',
    );
    expect(await decide({ decision: 'REJECTED', reason: 'NO_SUCH_REASON', remark: 'forged' })).toBe(
      'REASON_NOT_ALLOWED',
    );
    expect(
      await decide({ decision: 'REJECTED', reason: 'TECH_SERVER_ERROR', remark: 'forged' }),
    ).toBe('REASON_NOT_ALLOWED');
    expect(await decide({ decision: 'UTV' })).toBe('REASON_REQUIRED');
    expect(await decide({ decision: 'UTV', reason: 'BIZ_DOC_TAMPERED' })).toBe(
      'REASON_NOT_ALLOWED',
    );
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
    await expect(
      agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'UTV', reason }),
    ).resolves.toMatchObject({ status });
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
      reason: { code: reason },
    });
    const decided = (await timelineOf(stack, client, profileId)).find(
      (e) => e.eventType === 'maker.decided',
    );
    expect(decided).toMatchObject({
      reason,
      reasonClass: reason.startsWith('BIZ') ? 'BUSINESS' : 'TECHNICAL',
    });
  });
});

it('names the reasons there are', async () => {
  const { agent } = await bank();
  const { reasons } = await agent.get<{ reasons: Record<string, unknown>[] }>('/v1/reasons');
  expect(reasons).toHaveLength(48);
  expect(reasons.find(({ code }) => code === 'BIZ_INSUFFICIENT_LIGHTING')).toMatchObject({
    class: 'BUSINESS',
    party: 'CUSTOMER',
    allowedFor: expect.arrayContaining(['UTV']) as string[],
  });
});

describe('the checker', () => {
  it('approves against the maker only with an override reason and a verdict on everything', async () => {
    const { client, agent, reviewer, second } = await bank();
    const { profileId } = await inReview(client, agent, 'override', {
      decision: 'REJECTED',
      reason: 'BIZ_DOC_TAMPERED',
      remark: 'looks forged',
    });
    const review = `/v1/reviews/${profileId}`;
    const decide = (by: ApiClient, json: object): Promise<string> =>
      codeOf(by.post(`${review}/decision`, json));
    expect(await decide(reviewer, { decision: 'APPROVED' })).toBe('WRONG_STATUS');
    expect(await takeReview(reviewer)).toBe(profileId);
    await expect(second.post('/v1/reviews/next')).resolves.toBeUndefined();
    expect(await decide(second, { decision: 'APPROVED' })).toBe('NOT_ASSIGNED');
    expect(await decide(reviewer, { decision: 'APPROVED', overrideReason: 'MAKER_ERROR' })).toBe(
      'REVIEW_INCOMPLETE',
    );
    expect(await decide(reviewer, { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED' })).toBe(
      'REMARK_REQUIRED',
    );
    const { documents, tasks } = await reviewer.get<Case>(review);
    const subjects = [
      ...documents.map(({ documentId }) => ({ documentId })),
      ...tasks.map(({ taskId }) => ({ taskId })),
    ];
    for (const subject of subjects)
      await reviewer.post(`${review}/verdicts`, { ...subject, verdict: 'PASS' });
    await expect(reviewer.get(`/v1/profiles/${profileId}/remarks/maker`)).resolves.toEqual({
      remark: 'looks forged',
    });
    expect(await decide(reviewer, { decision: 'APPROVED' })).toBe('OVERRIDE_REASON_REQUIRED');
    expect(
      await decide(reviewer, { decision: 'APPROVED', overrideReason: 'EVIDENCE_SUFFICIENT' }),
    ).toBe('none');
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
      status: 'APPROVED',
      checker: { reviewerId: 'reviewer-1' },
      maker: { decision: 'REJECTED' },
    });
    const decided = (await timelineOf(stack, client, profileId)).find(
      (e) => e.eventType === 'checker.decided',
    );
    expect(decided?.details).toMatchObject({
      overridden: true,
      overrideReason: 'EVIDENCE_SUFFICIENT',
    });
  });

  it('is never the agent himself, and gives a case back for another', async () => {
    const { ouid, client, agent, second } = await bank();
    const same = await stack.organization('bank-same-2', (s) => ({
      ...s,
      reviewers: [...s.reviewers, 'agent-1'],
    }));
    const both = await stack.staff('bank-same-2', 'AGENT', 'agent-1');
    const own = await inReview(same, both, 'self');
    const asReviewer = await stack.staff('bank-same-2', 'REVIEWER', 'agent-1');
    await until('the line to know it', async () =>
      (await asReviewer.get<{ items: object[] }>('/v1/reviews')).items.at(0),
    );
    await expect(asReviewer.post('/v1/reviews/next')).resolves.toBeUndefined();
    expect(await codeOf(asReviewer.get(`/v1/reviews/${own.profileId}`))).toBe('NOT_ASSIGNED');

    const reviewer = await stack.staff(ouid, 'REVIEWER', 'reviewer-1');
    const { profileId } = await inReview(client, agent, 'released');
    expect(await takeReview(reviewer)).toBe(profileId);
    await reviewer.post(`/v1/reviews/${profileId}/verdicts`, {
      documentId: `${profileId}.d1`,
      verdict: 'PASS',
    });
    await reviewer.post(`/v1/reviews/${profileId}/release`);
    expect(await codeOf(reviewer.get(`/v1/profiles/${profileId}/details`))).toBe('NOT_ASSIGNED');
    expect(await takeReview(second)).toBe(profileId);
    await checkAndApprove(second, profileId);
    await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
      status: 'APPROVED',
      checker: { reviewerId: 'reviewer-2' },
    });
  });
});

describe('cancelling', () => {
  it.each(['CAPTURE_PENDING', 'QUEUED', 'IN_CALL', 'REVIEW_PENDING', 'IN_REVIEW'])(
    'ends a case that is %s and settles everything',
    async (status) => {
      const { client, agent, reviewer } = await bank();
      const reach: Record<string, () => Promise<{ profileId: string }>> = {
        CAPTURE_PENDING: () => created(client, status),
        QUEUED: () => queued(client, status),
        IN_CALL: () => inCall(client, agent, status),
        REVIEW_PENDING: () => inReview(client, agent, status),
        IN_REVIEW: async () => {
          const it = await inReview(client, agent, status);
          await takeReview(reviewer);
          return it;
        },
      };
      const { profileId } = (await reach[status]?.()) ?? { profileId: '' };
      await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({ status });
      await expect(
        client.post(`/v1/profiles/${profileId}/cancel`, { cancelReason: 'CUSTOMER_WITHDREW' }),
      ).resolves.toMatchObject({ status: 'CANCELLED' });
      await stack.client.workflow.getHandle(`profile/${profileId}`).result();
      const events = await timelineOf(stack, client, profileId);
      expect(events.at(-1)?.eventType).toBe('profile.closed');
      const rooms = (await stateOf(stack, profileId)).avSessions.map((av) => av.room);
      expect(rooms.filter((room) => room !== 'LOCKED')).toEqual([]);
      await agent.post('/v1/agents/me/online');
      await expect(agent.get('/v1/agents/me')).resolves.toMatchObject({
        state: 'FREE',
        offer: null,
      });
      expect(
        await codeOf(
          client.post(`/v1/profiles/${profileId}/cancel`, { cancelReason: 'CLIENT_REQUEST' }),
        ),
      ).toBe('PROFILE_FINAL');
    },
  );
});
