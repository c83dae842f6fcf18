import { reason as reasonOf, requireReason, type Reason } from '../reasons';
import { Refusal } from '../refusal';
import { dispositionOf, followDisposition, spoil } from './attempts';
import { endAvSession, releaseAgent } from './av-session';
import { closeCapture } from './capture';
import type { ProfileCommands } from './commands';
import type { ProfileJournal } from './profile-journal';
import { currentTicket, schedule } from './line';
import { lastAv } from './state';

/** The maker decides, in the call (which that ends) or after it. */
export function makerDecision(j: ProfileJournal, input: ProfileCommands['makerDecision']): string {
  const av = j.assignedAv(input.avSessionId);
  const reason = checkMakerDecision(j, input);
  if (j.state.status === 'IN_CALL') endAvSession(j, 'AGENT_ENDED', 'AGENT');
  const endedAt = lastAv(j.state)?.endedAt ?? j.at;
  const remarkRef = input.remarkRef ?? '';
  const utv = input.decision === 'UTV' ? reason : undefined;
  if (utv) spoil(j, utv);
  const disposition = utv ? dispositionOf(j.state, utv) : '';
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
  const held = currentTicket(j);
  followDisposition(j, disposition, reason?.code ?? '');
  releaseAgent(j, held);
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
  if (!remarkRef) throw new Refusal('REMARK_REQUIRED', 'rejecting and sending back need a remark');
}

/** Four hours without a decision: the customer has left, so he is called back, not queued. */
export function onDecisionTimeout(j: ProfileJournal): void {
  j.emit('maker.timed-out', {}, { reason: reasonOf('TECH_SERVER_ERROR').code });
  releaseAgent(j);
  schedule(j, 'TECH_SERVER_ERROR');
}

/** A decision is due: first the agent hears of it, then the supervisor. */
export function onDecisionReminder(j: ProfileJournal): void {
  const decisionReminders = j.state.decisionReminders + 1;
  j.set({ decisionReminders });
  if (decisionReminders === 1) j.emit('maker.reminded', {});
  else j.emit('maker.escalated', {});
}
