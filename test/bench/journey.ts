import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Client } from '@temporalio/client';
import type { ProfileStart, ProfileState } from '../../src/domain/profile/state';
import * as contracts from '../../workflows/contracts';
import { callMoves, captureMoves, customer, agent, move, type Move } from '../support/journeys';
import { policy, profileStart, reviewer, SHA } from '../support/journeys';
import type { Desk } from './desk';
import { lookUntil } from './look';
import { sendUpdate } from './sender';
import { type Variant, WORKFLOW_TYPES } from './variants';

const DOCUMENTS = ['PAN_CARD', 'AADHAAR_MASKED', 'CUSTOMER_PHOTO'] as const;
/** Three documents, three tasks, one review. */
const POLICY = policy({}, { requiredDocuments: DOCUMENTS });

/** The reference journey: from its start until its workflow has closed. */
export async function runJourney(
  client: Client,
  desk: Desk,
  variant: Variant,
): Promise<{ profileId: string; latencies: readonly number[] }> {
  const { ouid } = desk;
  const profileId = randomUUID();
  const start = profileStart(1, { ouid, profileId, policy: POLICY });
  const handle = await begin(client, variant, start);
  const latencies: number[] = [];
  const send = async (moves: readonly Move[]): Promise<void> => {
    for (const { name, actor, input } of moves) {
      const argument: contracts.CommandEnvelope = { ouid, actor, bodyHash: SHA, input };
      const since = performance.now();
      await sendUpdate(client, handle.workflowId, name, argument);
      latencies.push(performance.now() - since);
    }
  };
  await send(capture(profileId));
  const agentId = await desk.accept(profileId);
  const open = ({ avSessions }: ProfileState): boolean => avSessions.at(-1)?.room === 'OPEN';
  await lookUntil(() => handle.query<ProfileState>(contracts.PROFILE_QUERY), open);
  await send(callMoves(profileId, agentId));
  await send([
    move('leaveCall', customer, { captureSessionId: `${profileId}.c1` }),
    move('makerDecision', agent(agentId), { decision: 'APPROVED' }),
  ]);
  await send(review(profileId));
  const { status } = (await handle.result()) as { status: string };
  if (status !== 'APPROVED') throw new Error(`a journey of ${variant} ended ${status}`);
  return { profileId, latencies };
}

/** As the API starts a profile (api/temporal/profile-starter.ts), of this variant's type. */
function begin(client: Client, variant: Variant, start: ProfileStart) {
  const { ouid, profileId, extReferenceId } = start;
  return client.workflow.start(WORKFLOW_TYPES[variant].profile, {
    workflowId: contracts.profileWorkflowId(profileId),
    taskQueue: contracts.TASK_QUEUE,
    workflowTaskTimeout: contracts.WORKFLOW_TASK_TIMEOUT,
    args: [start],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `${ouid}: KYC ${extReferenceId}`,
    typedSearchAttributes: [
      { key: contracts.searchKey('ouid'), value: ouid },
      { key: contracts.searchKey('status'), value: 'CAPTURE_PENDING' },
    ],
  });
}

/** Login, consent, three documents, handing in. */
function capture(profileId: string): Move[] {
  const file = { blobRef: `${profileId}/d`, sha256: SHA, bytes: 250_000, mediaType: 'image/jpeg' };
  const captureSessionId = `${profileId}.c1`;
  return captureMoves(profileId).flatMap((one) =>
    one.name === 'addDocument'
      ? DOCUMENTS.map((kind) => move('addDocument', customer, { captureSessionId, kind, ...file }))
      : [one],
  );
}

/** Claim, a verdict for each document and task, the decision. */
function review(profileId: string): Move[] {
  const who = reviewer('r1');
  const subjects = [1, 2, 3].flatMap((n) => [
    { documentId: `${profileId}.d${n}` },
    { taskId: `${profileId}.1.t${n}` },
  ]);
  return [
    move('claimReview', who, {}),
    ...subjects.map((s) => move('setReviewVerdict', who, { ...s, verdict: 'PASS' })),
    move('checkerDecision', who, { decision: 'APPROVED' }),
  ];
}
