import { OVERRIDE_REASONS, requireReason } from '../reasons';
import { Refusal } from '../refusal';
import type { ProfileCommands } from './commands';
import { requireRemark } from './decision';
import { finish } from './ending';
import type { ProfileJournal } from './profile-journal';
import { changeTask, findTask, taskSnapshot } from './tasks';

/** Four eyes: the reviewer is none of the agents who ever had a hand in this profile (promise 4). */
export function claimReview(j: ProfileJournal): string {
  if (j.state.status === 'IN_REVIEW' && j.state.review?.reviewerId === j.actor.id) return '';
  j.expectStatus('REVIEW_PENDING');
  if (j.state.agents.includes(j.actor.id)) {
    throw new Refusal('SELF_REVIEW', 'an agent of this profile cannot review it');
  }
  j.set({ review: { reviewerId: j.actor.id, claimedAt: j.at } });
  j.moveTo('IN_REVIEW', j.state.reason);
  j.emit('review.claimed', {});
  return '';
}

function expectClaim(j: ProfileJournal): { reviewerId: string; claimedAt: number } {
  j.expectStatus('IN_REVIEW');
  const review = j.state.review;
  if (review?.reviewerId !== j.actor.id)
    throw new Refusal('NOT_ASSIGNED', 'another reviewer claimed this profile');
  return review;
}

export function releaseReview(j: ProfileJournal): string {
  expectClaim(j);
  return unclaim(j, 'RELEASED');
}

/** Verdicts given so far stay: the next reviewer sees them but has to give his own. */
export function unclaim(j: ProfileJournal, why: 'RELEASED' | 'EXPIRED'): string {
  const review = j.state.review;
  if (!review) throw new Error('nobody has claimed this review');
  j.set({
    review: undefined,
    documents: j.state.documents.map((d) => ({ ...d, reviewVerdict: '' as const })),
    tasks: j.state.tasks.map((t) => ({ ...t, reviewVerdict: '' as const })),
  });
  j.moveTo('REVIEW_PENDING', j.state.reason);
  j.emit(
    'review.released',
    { why },
    { reviewerId: review.reviewerId, durationMs: j.at - review.claimedAt },
  );
  return '';
}

export function setReviewVerdict(
  j: ProfileJournal,
  input: ProfileCommands['setReviewVerdict'],
): string {
  expectClaim(j);
  const { verdict } = input;
  if (input.taskId !== undefined) {
    const task = changeTask(j, findTask(j, input.taskId), { reviewVerdict: verdict });
    j.emit(
      'review.verdict-set',
      { subject: 'TASK', verdict, task: taskSnapshot(task) },
      { taskId: task.taskId },
    );
    return task.taskId;
  }
  const document = j.state.documents.find((d) => d.documentId === input.documentId);
  if (!document) throw new Refusal('DOCUMENT_UNKNOWN', 'the profile has no such document');
  j.set({
    documents: j.state.documents.map((d) =>
      d === document ? { ...d, reviewVerdict: verdict } : d,
    ),
  });
  j.emit(
    'review.verdict-set',
    { subject: 'DOCUMENT', verdict },
    { documentId: document.documentId },
  );
  return document.documentId;
}

export function checkerDecision(
  j: ProfileJournal,
  input: ProfileCommands['checkerDecision'],
): string {
  const { claimedAt } = expectClaim(j);
  const maker = j.state.maker;
  if (!maker) throw new Error('a review without a maker’s decision');
  if (input.decision === 'APPROVED') expectEveryVerdict(j);
  else requireRemark(input.remarkRef);
  const reason = input.decision === 'REJECTED' ? requireReason(input.reason, 'REJECT').code : '';
  const overridden = input.decision !== maker.decision;
  const overrideReason = overridden ? requireOverrideReason(input.overrideReason) : '';
  const remarkRef = input.remarkRef ?? '';
  j.set({ checker: { reviewerId: j.actor.id, decision: input.decision, at: j.at, remarkRef } });
  j.emit(
    'checker.decided',
    { decision: input.decision, overridden, overrideReason, remarkRef },
    { durationMs: j.at - claimedAt, reason },
  );
  finish(j, input.decision, reason);
  return '';
}

function expectEveryVerdict(j: ProfileJournal): void {
  const documents = j.state.documents.filter((d) => !d.replaced && d.reviewVerdict === '');
  const tasks = j.state.tasks.filter((t) => t.reviewVerdict === '');
  const open = [...documents.map((d) => d.documentId), ...tasks.map((t) => t.taskId)];
  if (open.length > 0)
    throw new Refusal('REVIEW_INCOMPLETE', `without the checker's verdict: ${open.join(', ')}`);
}

function requireOverrideReason(code: string | undefined): string {
  const known = OVERRIDE_REASONS.find((r) => r === code);
  if (!known) {
    throw new Refusal(
      'OVERRIDE_REASON_REQUIRED',
      `deciding against the maker needs one of ${OVERRIDE_REASONS.join(', ')}`,
    );
  }
  return known;
}
