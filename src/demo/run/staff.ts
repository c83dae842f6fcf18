import { DEMO_SUPERVISORS } from '../../local/demo/demo-settings';
import { AgentActor } from '../actors/agent';
import type { GoodClient } from '../actors/good-client';
import { ReviewerActor } from '../actors/reviewer';
import type { SupervisorActor } from '../actors/supervisor';
import type { Stage } from './stage';

/** Who works for the organization of a run. */
export interface StaffIds {
  readonly agents: readonly string[];
  readonly reviewers: readonly string[];
  readonly supervisors: readonly string[];
}

/** `agent-1` … `agent-N`, `reviewer-1` …, and the demo's supervisor. */
export function staffIds(agents: number, reviewers: number): StaffIds {
  const ids = (name: string, n: number): string[] =>
    Array.from({ length: n }, (_, i) => `${name}-${i + 1}`);
  return {
    agents: ids('agent', agents),
    reviewers: ids('reviewer', reviewers),
    supervisors: DEMO_SUPERVISORS,
  };
}

/** Everybody's way to the API, with his credential. */
export interface Staff {
  readonly agents: readonly GoodClient[];
  readonly reviewers: readonly GoodClient[];
  readonly supervisor: GoodClient;
}

export async function hire(anonymous: GoodClient, ouid: string, ids: StaffIds): Promise<Staff> {
  const as = async (type: 'AGENT' | 'REVIEWER' | 'SUPERVISOR', id: string): Promise<GoodClient> =>
    anonymous.as({ type, id, token: await developmentToken(anonymous, ouid, type, id) });
  const all = (type: 'AGENT' | 'REVIEWER', of: readonly string[]): Promise<GoodClient[]> =>
    Promise.all(of.map((id) => as(type, id)));
  return {
    agents: await all('AGENT', ids.agents),
    reviewers: await all('REVIEWER', ids.reviewers),
    supervisor: await as('SUPERVISOR', ids.supervisors[0] ?? ''),
  };
}

/** Everybody at work until the stage is over; rejects when one of them cannot go on. */
export async function workAll(
  stage: Stage,
  { agents, reviewers }: Staff,
  supervisor: SupervisorActor,
): Promise<void> {
  await Promise.all([
    ...agents.map((api) => new AgentActor(stage, api).work()),
    ...reviewers.map((api) => new ReviewerActor(stage, api).work()),
    supervisor.work(stage),
  ]);
}

/** From the built-in issuer, which is part of the API in development only. */
async function developmentToken(
  { surroundings: { apiUrl, signal } }: GoodClient,
  ouid: string,
  role: string,
  sub: string,
): Promise<string> {
  const response = await fetch(`${apiUrl}/dev/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ouid, role, sub }),
    signal,
  });
  if (!response.ok) {
    throw new Error(
      `The API gives no development token for ${sub} (${response.status}): the demo needs an API in development.`,
    );
  }
  return ((await response.json()) as { token: string }).token;
}
