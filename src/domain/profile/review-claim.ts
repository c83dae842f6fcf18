import { Refusal } from '../refusal';
import type { ProfileCommands } from './commands';
import type { ProfileJournal } from './profile-journal';

/** Four eyes: the reviewer is none of the agents who ever had a hand in this profile (promise 4). */
export function claimReview(j: ProfileJournal): string {
  if (j.state.status === 'IN_REVIEW' && j.state.review?.reviewerId === j.actor.id) return '';
  j.expectStatus('REVIEW_PENDING');
  return giveTo(j, j.actor.id, false);
}

/** A supervisor picks the case, or takes it from one reviewer and gives it to another. */
export function assignReview(
  j: ProfileJournal,
  { reviewerId }: ProfileCommands['assignReview'],
): string {
  j.expectStatus('REVIEW_PENDING', 'IN_REVIEW');
  if (j.state.review?.reviewerId === reviewerId) return '';
  expectForeign(j, reviewerId);
  if (j.state.review) unclaim(j, 'REASSIGNED');
  return giveTo(j, reviewerId, true);
}

function giveTo(j: ProfileJournal, reviewerId: string, picked: boolean): string {
  expectForeign(j, reviewerId);
  const claims = (j.state.claims ?? 0) + 1;
  j.set({ review: { reviewerId, claimedAt: j.at }, claims });
  j.moveTo('IN_REVIEW', j.state.reason);
  j.emit('review.claimed', { picked });
  return '';
}

/** Neither maker nor the first of two checkers. */
function expectForeign(j: ProfileJournal, reviewerId: string): void {
  if (j.state.agents.includes(reviewerId)) {
    throw new Refusal('SELF_REVIEW', 'an agent of this profile cannot review it');
  }
  if (j.state.checks.some((check) => check.reviewerId === reviewerId)) {
    throw new Refusal('SELF_REVIEW', 'a second review is another person’s');
  }
}

export function expectClaim(j: ProfileJournal): { reviewerId: string; claimedAt: number } {
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

/** Back to the line of reviews; whoever is next gives his own verdicts on everything. */
export function unclaim(
  j: ProfileJournal,
  why: 'RELEASED' | 'EXPIRED' | 'REASSIGNED' | 'HELD',
): string {
  const review = j.state.review;
  if (!review) throw new Error('nobody has claimed this review');
  j.set({ review: undefined });
  clearReviewVerdicts(j);
  j.moveTo('REVIEW_PENDING', j.state.reason);
  j.emit(
    'review.released',
    { why },
    { reviewerId: review.reviewerId, durationMs: j.at - review.claimedAt },
  );
  return '';
}

export function clearReviewVerdicts(j: ProfileJournal): void {
  j.set({
    documents: j.state.documents.map((d) => ({ ...d, reviewVerdict: '' as const })),
    tasks: j.state.tasks.map((t) => ({ ...t, reviewVerdict: '' as const })),
  });
}
