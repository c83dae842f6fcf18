import { randomUUID } from 'node:crypto';
import type { CallerKind } from '../../api/common/caller';
import { inventedCustomer, takeReview } from '../../src/local/demo/actors';
import type { Stack } from '../support/stack';
import { askCapture } from './ask-capture';
import { inCall, inReview, peerOf, SHA, stateOf, unhurried, type Created } from './cases';
import type { RawCall } from './http';
import type { Route } from './routes';

type Bodies = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One request and the statuses that may answer it. */
export interface Try {
  readonly what: string;
  readonly route: Route;
  readonly path: string;
  readonly call: RawCall;
  readonly statuses: readonly number[];
}

/** Cases where the right input would take effect, their ids, and everybody's credentials. */
export interface Cases {
  readonly profiles: readonly string[];
  readonly tokens: Readonly<Record<CallerKind, string>>;
  readonly ids: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of the customer who is in a call. */
  readonly inCall: string;
  /** Bodies that would be taken, by route. */
  readonly right: Bodies;
}

const OUID = 'bank-wrong';

/** A case that captures, one in a call, one under review: each with its right caller. */
export async function prepareCases(stack: Stack): Promise<Cases> {
  const client = await stack.organization(OUID, unhurried);
  const maker = await stack.staff(OUID, 'AGENT', 'agent-1');
  const agent = await stack.staff(OUID, 'AGENT', 'agent-2');
  const reviewer = await stack.staff(OUID, 'REVIEWER', 'reviewer-1');
  const supervisor = await stack.staff(OUID, 'SUPERVISOR', 'supervisor-1');
  const reviewed = await inReview(client, maker, 'reviewed');
  await maker.post('/v1/agents/me/offline');
  await takeReview(reviewer);
  const called = await inCall(client, agent, 'called');
  const capturing = await client.post<Created>('/v1/profiles', inventedCustomer('capturing'));
  const link = capturing.captureLink.token;
  const session = await client.post<{ token: string }>('/v1/capture/sessions', { link });
  const consent = { version: '2026-01', language: 'en', textSha256: SHA };
  await client.as(session.token).post('/v1/capture/consent', consent);
  const call = await stateOf(stack, called.profileId);
  const taskId = call.tasks[0]?.taskId ?? '';
  const requestId = await askCapture(agent, called.avSessionId);
  return {
    profiles: [capturing.profileId, called.profileId, reviewed.profileId],
    tokens: {
      CLIENT: client.token,
      CUSTOMER: session.token,
      AGENT: agent.token,
      REVIEWER: reviewer.token,
      SUPERVISOR: supervisor.token,
      PEER: await stack.tokens.issue('local-video', peerOf(OUID, called.avSessionId)),
    },
    ids: {
      '/v1/profiles': { profileId: capturing.profileId, documentId: `${capturing.profileId}.d1` },
      '/v1/av-sessions': {
        avSessionId: called.avSessionId,
        taskId,
        recordingId: `${called.avSessionId}.v1`,
        part: '1',
      },
      '/v1/capture/call': { requestId },
      '/v1/reviews': { profileId: reviewed.profileId },
      '/v1/supervision': {
        profileId: reviewed.profileId,
        agentId: 'agent-2',
        queueId: 'english',
        holdId: 'nobodys',
      },
      '/v1/offers': { offerId: call.avSessions[0]?.offerId ?? '' },
    },
    inCall: called.customer.token,
    right: rightBodies(capturing.profileId, reviewed.profileId, link, {
      avSessionId: called.avSessionId,
      taskId,
      code: await stack.tokens.issue('recorder', {
        ouid: OUID,
        avSessionId: called.avSessionId,
        exp: Math.floor(Date.now() / 1_000) + 3_600,
      }),
    }),
  };
}

function rightBodies(
  capturing: string,
  reviewed: string,
  link: string,
  { avSessionId, taskId, code }: { avSessionId: string; taskId: string; code: string },
): Bodies {
  const samples = [{ at: new Date().toISOString(), kind: 'NETWORK', score: 4 }];
  const peerId = randomUUID();
  const rejected = { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED', remark: 'a forged card' };
  return {
    'POST /v1/profiles': { ...inventedCustomer('never-created'), previousProfileId: capturing },
    'POST /v1/profiles/{profileId}/cancel': { cancelReason: 'CLIENT_REQUEST' },
    'POST /v1/capture/sessions': { link },
    'POST /v1/capture/consent': { version: '2026-01', language: 'en', textSha256: SHA },
    'POST /v1/capture/call/quality': { samples, avSessionId },
    'POST /v1/av-sessions/{avSessionId}/quality': { samples },
    'POST /v1/capture/submit': { language: 'en', skills: ['savings'] },
    'POST /v1/av-sessions/{avSessionId}/capture-requests': { taskId, kind: 'PASSPORT' },
    'POST /v1/capture/call/capture-requests/{requestId}/failure': { why: 'DENIED' },
    'POST /v1/av-sessions/{avSessionId}/recordings/{recordingId}/finish': {
      parts: 1,
      durationMs: 1_000,
    },
    'POST /v1/av-sessions/{avSessionId}/recordings/{recordingId}/failure': { why: 'NO_MEDIA' },
    'POST /v1/local-video/signals': {
      peerId,
      to: peerId,
      n: 1,
      kind: 'OFFER',
      sdp: 'v=0\r\ns=-\r\n',
    },
    'POST /v1/local-video/here': { peerId },
    'POST /v1/local-video/hang-up': { peerId },
    'POST /v1/local-video/join-failure': { attemptId: peerId, why: 'DENIED' },
    'POST /v1/av-sessions/{avSessionId}/tasks': {
      check: { kind: 'DETAIL', field: 'name' },
      mandatory: false,
    },
    'POST /v1/av-sessions/{avSessionId}/tasks/{taskId}/verdict': { verdict: 'PASS' },
    'POST /v1/av-sessions/{avSessionId}/decision': rejected,
    'POST /v1/reviews/{profileId}/verdicts': { documentId: `${reviewed}.d1`, verdict: 'PASS' },
    'POST /v1/reviews/{profileId}/decision': { ...rejected, overrideReason: 'MAKER_ERROR' },
    'POST /v1/profiles/{profileId}/decision-tokens': {
      signal: 'cancel',
      remark: 'looked at twice',
    },
    'POST /v1/recorder/join': { code },
    'POST /v1/capture/language': { language: 'hi' },
    'POST /v1/agents/me/pause': { reason: 'LUNCH' },
    'POST /v1/supervision/agents/{agentId}/pull': { why: 'QUALITY' },
    'POST /v1/supervision/queues/{queueId}/close': { why: 'STAFFING' },
    'POST /v1/supervision/legal-holds': { holdId: 'matter-1', profileId: reviewed },
    'POST /v1/profiles/{profileId}/relationship-ended': { endedAt: '2026-01-01T00:00:00Z' },
    'POST /v1/supervision/profiles/{profileId}/release-call': { why: 'STUCK' },
    'POST /v1/supervision/profiles/{profileId}/route': { priority: 9, why: 'COMPLAINT' },
    'POST /v1/capture/slot': { at: new Date(Date.now() + 3_600_000).toISOString() },
    'POST /v1/supervision/profiles/{profileId}/reviewer': { reviewerId: 'reviewer-2' },
    'POST /dev/tokens': { ouid: OUID, role: 'AGENT', sub: 'agent-1' },
  };
}
