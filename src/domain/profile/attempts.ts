import { reason as reasonOf, type Disposition, type Reason } from '../reasons';
import { changeAv, endAvSession, releaseAgent } from './av-session';
import { finish } from './ending';
import { holdNow } from './holding';
import { currentTicket, enterLine, renewLink, schedule } from './line';
import type { ProfileJournal } from './profile-journal';
import { lastAv, type ProfileState } from './state';

/** Marks the last AV session as one that came to nothing, by whose fault. */
export function spoil(j: ProfileJournal, reason: Reason): void {
  const av = lastAv(j.state);
  if (av) changeAv(j, av, { spoiled: { reason: reason.code, party: reason.party } });
}

/**
 * Whether this reason has used up what the policy or the catalogue allow. What the system, the
 * agent or a source spoiled does not count towards the customer's limit but has a cap of its own.
 */
export function usedUp({ avSessions, policy }: ProfileState, reason: Reason): boolean {
  const spoiled = avSessions.flatMap((av) => av.spoiled ?? []);
  const customers = spoiled.filter((s) => s.party === 'CUSTOMER').length;
  const limit = reason.party === 'CUSTOMER' ? policy.maxAttempts : policy.maxSystemAttempts;
  const used = reason.party === 'CUSTOMER' ? customers : spoiled.length - customers;
  const same = spoiled.filter((s) => s.reason === reason.code).length;
  return used >= limit || same >= Math.max(reason.maxAttempts, 1);
}

/** What follows a UTV; when the attempts are used up, the case ends. */
export function dispositionOf(state: ProfileState, reason: Reason): Disposition {
  const goesOn = reason.disposition === 'HOLD' || !usedUp(state, reason);
  return goesOn ? reason.disposition : 'END';
}

export function followDisposition(
  j: ProfileJournal,
  disposition: Disposition,
  reason: string,
): void {
  switch (disposition) {
    case 'REQUEUE_HEAD':
      enterLine(j, 'REQUEUED', lastAv(j.state)?.agentId, reason);
      return;
    case 'REQUEUE':
      enterLine(j, 'REQUEUED', '', reason);
      return;
    case 'RECAPTURE':
      askRecapture(j, reason);
      return;
    case 'RESCHEDULE':
      schedule(j, reason);
      return;
    case 'HOLD':
      holdNow(j, reason);
      return;
    case 'END':
      finish(j, 'UNABLE_TO_VERIFY', reason);
      return;
  }
}

/** The customer captures again, by a link that lasts anew. */
export function askRecapture(j: ProfileJournal, reason: string): void {
  renewLink(j);
  j.moveTo(j.state.captureSessionId === '' ? 'CAPTURE_PENDING' : 'CAPTURE_IN_PROGRESS', reason);
  j.emit('profile.recapture-asked', {});
}

/**
 * A call that came to nothing without a maker's decision: the system saw it. He keeps his place
 * (or comes back another time), unless it happened too often.
 */
export function endInNothing(
  j: ProfileJournal,
  endWhy: string,
  code: string,
  then: 'QUEUED' | 'SCHEDULED',
  preferredAgent = '',
): void {
  const reason = reasonOf(code);
  spoil(j, reason);
  const over = usedUp(j.state, reason);
  endAvSession(j, endWhy, reason.party, over ? 'DECISION_PENDING' : then, code);
  const held = currentTicket(j);
  if (over) finish(j, 'UNABLE_TO_VERIFY', code);
  else if (then === 'QUEUED') enterLine(j, 'REQUEUED', preferredAgent, code);
  else schedule(j, code);
  releaseAgent(j, held);
}

/** The customer never came: once more in line, then he picks another time. */
export function onCustomerJoinTimeout(j: ProfileJournal): void {
  const noShows = j.state.noShows + 1;
  j.set({ noShows });
  endInNothing(j, 'NO_SHOW', 'TECH_CUSTOMER_NO_SHOW', noShows === 1 ? 'QUEUED' : 'SCHEDULED');
}

/** Gone for the grace time: dropped, by whom; the call starts again, never the journey. */
export function onDisconnectGrace(j: ProfileJournal): void {
  const av = j.openCall();
  const code = av.gone?.who === 'AGENT' ? 'TECH_CALL_DROPPED_AGENT' : 'TECH_CALL_DROPPED_CUSTOMER';
  endInNothing(j, 'DROPPED', code, 'QUEUED', av.agentId);
}
