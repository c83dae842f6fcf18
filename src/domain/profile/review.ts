import { OVERRIDE_REASONS, requireReason } from '../reasons';
import { Refusal } from '../refusal';
import type { CheckerDecision, SendBackTo } from '../words';
import { askRecapture } from './attempts';
import type { ProfileCommands } from './commands';
import { requireRemark } from './decision';
import { finish } from './ending';
import { schedule } from './line';
import type { ProfileJournal } from './profile-journal';
import { clearReviewVerdicts, expectClaim } from './review-claim';
import { changeTask, findTask, taskSnapshot } from './tasks';

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

/** The checker decides, at his discretion; against the maker only with a reason for that. */
export function checkerDecision(
  j: ProfileJournal,
  input: ProfileCommands['checkerDecision'],
): string {
  const { reviewerId, claimedAt } = expectClaim(j);
  const maker = j.state.maker;
  if (!maker) throw new Error('a review without a maker’s decision');
  const { decision, remarkRef = '' } = input;
  const reason = checkDecision(j, input);
  const sentBackTo = decision === 'SENT_BACK' ? requireTarget(input.sendBackTo) : '';
  const overridden = decision !== 'SENT_BACK' && decision !== maker.decision;
  const overrideReason = overridden ? requireOverrideReason(input.overrideReason) : '';
  const reviewsNeeded = reviewsAfter(j, decision);
  const checks = [...j.state.checks, { reviewerId, decision }];
  const checkers = [...new Set([...(j.state.checkers ?? []), reviewerId])];
  j.set({ checks, reviewsNeeded, checkers });
  j.emit(
    'checker.decided',
    {
      decision,
      sentBackTo,
      review: checks.length,
      reviewsNeeded,
      overridden,
      overrideReason,
      remarkRef,
    },
    { durationMs: j.at - claimedAt, reason },
  );
  if (sentBackTo !== '') sendBack(j, sentBackTo, reason);
  else if (checks.length < reviewsNeeded) againBlind(j);
  else {
    j.set({ checker: { reviewerId, decision, at: j.at, remarkRef } });
    finish(j, decision === 'APPROVED' ? 'APPROVED' : 'REJECTED', reason);
  }
  return '';
}

function checkDecision(j: ProfileJournal, input: ProfileCommands['checkerDecision']): string {
  switch (input.decision) {
    case 'APPROVED':
      expectEveryVerdict(j);
      return '';
    case 'REJECTED':
      requireRemark(input.remarkRef);
      return requireReason(input.reason, 'REJECT').code;
    case 'SENT_BACK':
      requireRemark(input.remarkRef);
      return requireReason(input.reason, 'SEND_BACK').code;
  }
}

/**
 * One review, or two for the drawn percentage of cases; a third decides between two that differ.
 * Drawn when the first is done, so that nobody knows before.
 */
function reviewsAfter(j: ProfileJournal, decision: CheckerDecision): number {
  const { checks, policy, reviewsNeeded } = j.state;
  const [first] = checks;
  if (!first) return j.context.entropy * 100 < policy.blindReviewPercent ? 2 : 1;
  return checks.length === 1 && first.decision !== decision ? 3 : reviewsNeeded;
}

/** To the line of reviews once more; what the first decided is not shown to the second. */
function againBlind(j: ProfileJournal): void {
  j.set({ review: undefined });
  clearReviewVerdicts(j);
  j.moveTo('REVIEW_PENDING', j.state.maker?.decision === 'REJECTED' ? j.state.reason : '');
  j.emit('review.again', {}, { reviewerId: j.actor.id });
}

/** To the maker on the evidence at hand, to a new call, or to new captures: the reviews begin anew. */
function sendBack(j: ProfileJournal, to: SendBackTo, reason: string): void {
  const sendBacks = (j.state.sendBacks ?? 0) + 1;
  j.set({ review: undefined, checks: [], reviewsNeeded: 1, decisionReminders: 0, sendBacks });
  clearReviewVerdicts(j);
  if (to === 'RECAPTURE') askRecapture(j, reason);
  else if (to === 'NEW_CALL') schedule(j, reason);
  else {
    j.moveTo('DECISION_PENDING', reason);
    j.emit('maker.asked-again', {});
  }
}

function requireTarget(to: SendBackTo | undefined): SendBackTo {
  if (to === undefined) {
    throw new Refusal('SEND_BACK_TARGET_REQUIRED', 'say where it is sent back to');
  }
  return to;
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
