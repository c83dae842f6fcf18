import type { ApiClient } from '../../src/local/demo/http';
import { capture, inventedCustomer, takeCustomer, type Case } from '../../src/local/demo/actors';
import type { OrganizationSettings } from '../../src/domain/organization/settings';
import type { ProfileState } from '../../src/domain/profile/state';
import type { VideoRole } from '../../src/ports/video-provider';
import type { Stack } from '../support/stack';
import { PROFILE_QUERY, profileWorkflowId } from '../../workflows/contracts';

export interface Created {
  readonly profileId: string;
  readonly status: string;
  readonly captureLink: {
    readonly url: string;
    readonly token: string;
    readonly expiresAt: string;
  };
}

/** A case up to some point, with everybody who has a hand in it. */
export interface StartedCase extends Created {
  readonly customer: ApiClient;
  readonly avSessionId: string;
}

/** For tests in which a call stands open for long, also on a busy machine: nobody has to join it. */
export function unhurried({ policy, ...settings }: OrganizationSettings): OrganizationSettings {
  const timers = { ...policy.timers, customerJoin: 3_600_000, captureRequest: 3_600_000 };
  return { ...settings, policy: { ...policy, timers } };
}

/** An organization of a test's own, with its people: agents of another test are not in its line. */
export async function openBank(stack: Stack, ouid: string) {
  return {
    ouid,
    client: await stack.organization(ouid, unhurried),
    agent: await stack.staff(ouid, 'AGENT', 'agent-1'),
    other: await stack.staff(ouid, 'AGENT', 'agent-2'),
    reviewer: await stack.staff(ouid, 'REVIEWER', 'reviewer-1'),
    second: await stack.staff(ouid, 'REVIEWER', 'reviewer-2'),
  };
}

/** The events of a case, all that its workflow has by now. */
export async function timelineOf(
  stack: Stack,
  client: ApiClient,
  profileId: string,
): Promise<{ eventType: string; details: Record<string, unknown> }[]> {
  const { seq } = await stateOf(stack, profileId);
  const path = `/v1/profiles/${profileId}/timeline?limit=1000&seq=${seq}`;
  return (
    await client.get<{ events: { eventType: string; details: Record<string, unknown> }[] }>(path)
  ).events;
}

export const SHA = 'a'.repeat(64);

export async function created(client: ApiClient, extReferenceId: string): Promise<Created> {
  return client.post<Created>('/v1/profiles', inventedCustomer(extReferenceId));
}

/** To QUEUED. */
export async function queued(
  client: ApiClient,
  reference: string,
): Promise<Created & { customer: ApiClient }> {
  const it = await created(client, reference);
  return { ...it, customer: await capture(client, it.captureLink.token) };
}

/** To IN_CALL with this agent, who must be the only one online. */
export async function inCall(
  client: ApiClient,
  agent: ApiClient,
  reference: string,
): Promise<StartedCase> {
  const it = await queued(client, reference);
  return { ...it, avSessionId: await takeCustomer(agent) };
}

/** To REVIEW_PENDING, as the maker decided. */
export async function inReview(
  client: ApiClient,
  agent: ApiClient,
  reference: string,
  decision: object = { decision: 'APPROVED' },
): Promise<StartedCase> {
  const it = await inCall(client, agent, reference);
  await passTasks(agent, it.avSessionId);
  await agent.post(`/v1/av-sessions/${it.avSessionId}/decision`, decision);
  return it;
}

export async function passTasks(agent: ApiClient, avSessionId: string): Promise<void> {
  const session = `/v1/av-sessions/${avSessionId}`;
  const { tasks } = await agent.get<Case>(session);
  for (const { taskId } of tasks)
    await agent.post(`${session}/tasks/${taskId}/verdict`, { verdict: 'PASS' });
}

export function stateOf(stack: Stack, profileId: string): Promise<ProfileState> {
  return stack.client.workflow
    .getHandle(profileWorkflowId(profileId))
    .query<ProfileState>(PROFILE_QUERY);
}

/** Claims of somebody's token for his side of a call. */
export function peerOf(ouid: string, avSessionId: string, role: VideoRole = 'agent') {
  const exp = Math.floor(Date.now() / 1_000) + 300;
  return { ouid, avSessionId, role, userId: `u-${role}`, exp };
}

/** The code of the problem a call is answered with; `none` when it succeeds. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}
