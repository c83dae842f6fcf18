import { AgentActor } from '../actors/agent';
import type { GoodClient } from '../actors/good-client';
import { ReviewerActor } from '../actors/reviewer';
import type { Stage } from './stage';

/** Who works for the organization of a run. */
export interface StaffIds {
  readonly agents: readonly string[];
  readonly reviewers: readonly string[];
}

/** `agent-1` … `agent-N` and `reviewer-1` … */
export function staffIds(agents: number, reviewers: number): StaffIds {
  const ids = (name: string, n: number): string[] =>
    Array.from({ length: n }, (_, i) => `${name}-${i + 1}`);
  return { agents: ids('agent', agents), reviewers: ids('reviewer', reviewers) };
}

/** Everybody at work until the stage is over; rejects when one of them cannot go on. */
export async function workAll(
  stage: Stage,
  anonymous: GoodClient,
  ouid: string,
  { agents, reviewers }: StaffIds,
): Promise<void> {
  const as = async (role: 'AGENT' | 'REVIEWER', id: string): Promise<GoodClient> =>
    anonymous.as({ type: role, id, token: await developmentToken(anonymous, ouid, role, id) });
  await Promise.all([
    ...agents.map(async (id) => new AgentActor(stage, await as('AGENT', id)).work()),
    ...reviewers.map(async (id) => new ReviewerActor(stage, await as('REVIEWER', id)).work()),
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
