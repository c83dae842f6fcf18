import { randomUUID } from 'node:crypto';
import { profileWorkflowId } from '../../../workflows/contracts';
import { callAndApprove, capture, checkAndApprove, inventedCustomer, takeCustomer } from './actors';
import { ApiClient } from './http';
import type { DemoOrganization, RunDemoJourney } from './types';

interface Created {
  readonly profileId: string;
  readonly seq: number;
  readonly captureLink: { readonly token: string };
}
interface Timeline {
  readonly events: readonly { eventType: string; profileStatus: string; statusSince: string }[];
}

/** One customer, one agent, one reviewer, from creation to APPROVED, over HTTP like anybody else. */
export const runDemoJourney: RunDemoJourney = async ({ apiUrl, signal }, organization) => {
  const api = new ApiClient(apiUrl, '', signal);
  const client = api.as(credential(organization, 'client'));
  const agent = api.as(credential(organization, 'agent-1'));
  const reviewer = api.as(credential(organization, 'reviewer-1'));
  const supervisor = api.as(credential(organization, 'supervisor-1'));

  const { profileId, captureLink } = await client.post<Created>(
    '/v1/profiles',
    inventedCustomer(`demo-${randomUUID()}`),
  );
  const customer = await capture(api, captureLink.token);
  const avSessionId = await takeCustomer(agent);
  if (!avSessionId.startsWith(profileId)) {
    throw new Error(
      `the agent got another customer (${avSessionId}): an earlier one still waits in this data directory`,
    );
  }
  await callAndApprove(agent, customer, avSessionId);
  await agent.post('/v1/agents/me/offline');
  // Picked by a supervisor: the oldest case in line may be one that somebody is trying things with.
  await supervisor.post(`/v1/supervision/profiles/${profileId}/reviewer`, {
    reviewerId: 'reviewer-1',
  });
  await checkAndApprove(reviewer, profileId);

  const { status, seq } = await client.get<{ status: string; seq: number }>(
    `/v1/profiles/${profileId}`,
  );
  if (status !== 'APPROVED') throw new Error(`the journey ended ${status}`);
  const { events } = await client.get<Timeline>(
    `/v1/profiles/${profileId}/timeline?limit=1000&seq=${seq}`,
  );
  return { profileId, workflowId: profileWorkflowId(profileId), statuses: statusChanges(events) };
};

function credential(organization: DemoOrganization, label: string): string {
  const found = organization.credentials.find((c) => c.label === label);
  if (!found) throw new Error(`the demo organization has no ${label}`);
  return found.value;
}

function statusChanges(events: Timeline['events']): { status: string; at: Date }[] {
  return events
    .filter((event, i) => event.profileStatus !== events[i - 1]?.profileStatus)
    .map(({ profileStatus, statusSince }) => ({
      status: profileStatus,
      at: new Date(statusSince),
    }));
}
