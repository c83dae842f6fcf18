import { reason as reasonOf, requireReason, type Disposition, type Reason } from '../reasons';
import { Refusal } from '../refusal';
import { endAvSession, releaseAgent } from './call';
import { closeCapture } from './capture';
import type { ProfileCommands } from './commands';
import { finish } from './ending';
import { enterLine, schedule } from './line';
import type { ProfileJournal } from './profile-journal';
import { lastAv } from './state';

/** The maker decides, in the call (which that ends) or after it. */
export function makerDecision(j: ProfileJournal, input: ProfileCommands['makerDecision']): string {
  const av = j.assignedAv(input.avSessionId);
  const reason = checkMakerDecision(j, input);
  if (j.state.status === 'IN_CALL') endAvSession(j, 'AGENT_ENDED', 'AGENT');
  const endedAt = lastAv(j.state)?.endedAt ?? j.at;
  const remarkRef = input.remarkRef ?? '';
  const disposition = reason && input.decision === 'UTV' ? dispositionOf(j, reason) : '';
  j.set({ maker: { agentId: av.agentId, decision: input.decision, at: j.at, remarkRef } });
  const say = () => {
    j.emit(
      'maker.decided',
      { decision: input.decision, remarkRef, disposition },
      {
        durationMs: j.at - endedAt,
        reason: reason?.code ?? '',
        avSessionId: av.avSessionId,
        agentId: av.agentId,
      },
    );
  };
  if (disposition === '') {
    j.moveTo('REVIEW_PENDING', reason?.code);
    say();
    closeCapture(j, 'JOURNEY_OVER');
    releaseAgent(j);
    return '';
  }
  say();
  releaseAgent(j);
  followDisposition(j, disposition, reason?.code ?? '');
  return '';
}

function checkMakerDecision(
  j: ProfileJournal,
  input: ProfileCommands['makerDecision'],
): Reason | undefined {
  switch (input.decision) {
    case 'APPROVED': {
      const open = j.state.tasks.filter((t) => t.mandatory && t.verdict === '');
      if (open.length > 0) {
        throw new Refusal(
          'TASK_OPEN',
          `mandatory tasks without a verdict: ${open.map((t) => t.taskId).join(', ')}`,
        );
      }
      return undefined;
    }
    case 'REJECTED':
      requireRemark(input.remarkRef);
      return requireReason(input.reason, 'REJECT');
    case 'UTV':
      return requireReason(input.reason, 'UTV');
  }
}

/** RBI 14 Aug 2025: no rejection without application of mind, so never without a recorded remark. */
export function requireRemark(remarkRef: string | undefined): void {
  if (!remarkRef) throw new Refusal('REMARK_REQUIRED', 'a rejection needs a remark');
}

/** The catalogue says what follows; when the attempts are used up, the case ends. */
function dispositionOf(j: ProfileJournal, reason: Reason): Disposition {
  const { maxAttempts } = j.state.policy;
  const usedUp =
    j.state.avSessions.length >= Math.min(maxAttempts, Math.max(reason.maxAttempts, 1));
  return usedUp ? 'END' : reason.disposition;
}

function followDisposition(j: ProfileJournal, disposition: Disposition, reason: string): void {
  switch (disposition) {
    case 'REQUEUE_HEAD':
      enterLine(j, 'REQUEUED', lastAv(j.state)?.agentId, reason);
      return;
    case 'REQUEUE':
      enterLine(j, 'REQUEUED', '', reason);
      return;
    case 'RECAPTURE':
      j.set({ link: { ...j.state.link, expiresAt: j.at + j.state.policy.timers.captureLink } });
      j.moveTo(j.state.captureSessionId === '' ? 'CAPTURE_PENDING' : 'CAPTURE_IN_PROGRESS', reason);
      j.emit('profile.recapture-asked', {});
      return;
    case 'RESCHEDULE':
      schedule(j, reason);
      return;
    // A hold is not built yet: the case ends, and is listed as unable to verify.
    case 'HOLD':
    case 'END':
      finish(j, 'UNABLE_TO_VERIFY', reason);
      return;
  }
}

/** Four hours without a decision: the customer has left, so he is called back, not queued. */
export function onDecisionTimeout(j: ProfileJournal): void {
  j.emit('maker.timed-out', {}, { reason: reasonOf('TECH_SERVER_ERROR').code });
  releaseAgent(j);
  schedule(j, 'TECH_SERVER_ERROR');
}
