import type { Actor } from '../words';
import { onCustomerJoinTimeout, onDisconnectGrace } from './attempts';
import { endAvSession } from './av-session';
import { expireCapture, openRequest } from './capture-requests';
import type { TimerName } from './commands';
import { onDecisionReminder, onDecisionTimeout } from './decision';
import { finish } from './ending';
import { onHoldTimeout } from './holding';
import type { ProfileJournal } from './profile-journal';
import { onRecordingTimeout } from './recording';
import { awaitsRecording, recordingDeadline } from './recording-state';
import { unclaim } from './review-claim';
import { onSlotTimeout } from './scheduling';
import { lastAv, type ProfileState } from './state';

export interface Deadline {
  readonly timer: TimerName;
  /** Epoch ms. */
  readonly at: number;
  readonly summary: string;
}

export const TIMER_ACTOR: Actor = { type: 'SYSTEM', id: 'timer' };

/** Every wait that runs now. Derived from the state, so a wait that is over has no deadline. */
export function deadlines(state: ProfileState): readonly Deadline[] {
  const recordings = state.avSessions.filter(awaitsRecording).map((av): Deadline => {
    const at = recordingDeadline(state, av);
    return { timer: 'recording', at, summary: `recording of ${av.avSessionId}` };
  });
  return [...statusDeadlines(state), ...recordings];
}

function statusDeadlines(state: ProfileState): readonly Deadline[] {
  const { timers } = state.policy;
  switch (state.status) {
    case 'CAPTURE_PENDING':
    case 'CAPTURE_IN_PROGRESS':
      return [linkDeadline(state)];
    case 'SCHEDULED':
      if (state.slot === undefined) return [linkDeadline(state)];
      return [{ timer: 'slot', at: state.slot + timers.slot, summary: 'customer keeps his slot' }];
    case 'IN_CALL':
      return callDeadlines(state);
    case 'DECISION_PENDING':
      return decisionDeadlines(state);
    case 'IN_REVIEW':
      if (!state.review) return [];
      return [
        {
          timer: 'reviewClaim',
          at: state.review.claimedAt + timers.reviewClaim,
          summary: 'review claim ends',
        },
      ];
    case 'ON_HOLD':
      if (!state.hold) return [];
      return [
        {
          timer: 'hold',
          at: state.hold.since + (state.hold.reminders + 1) * timers.hold,
          summary: 'supervisor looks at the hold',
        },
      ];
    default:
      return [];
  }
}

function linkDeadline(state: ProfileState): Deadline {
  return { timer: 'captureLink', at: state.link.expiresAt, summary: 'capture link expires' };
}

function callDeadlines(state: ProfileState): Deadline[] {
  const { timers } = state.policy;
  const av = lastAv(state);
  if (!av) return [];
  const all: Deadline[] = [
    { timer: 'call', at: av.openedAt + timers.call, summary: 'longest call' },
  ];
  // While the room is being opened (a minute at most) he cannot join: that is not his fault.
  if (!av.customerSeen && av.roomOpenedAt !== undefined) {
    const at = av.roomOpenedAt + timers.customerJoin;
    all.push({ timer: 'customerJoin', at, summary: 'customer joins' });
  }
  if (av.gone) {
    const at = av.gone.since + timers.disconnectGrace;
    all.push({ timer: 'disconnectGrace', at, summary: `${av.gone.who.toLowerCase()} comes back` });
  }
  const asked = openRequest(state);
  if (asked) {
    const at = asked.expiresAt;
    all.push({ timer: 'captureRequest', at, summary: 'customer sends the image' });
  }
  return all;
}

function decisionDeadlines({ policy, statusSince, decisionReminders }: ProfileState): Deadline[] {
  const { decision, decisionReminder, decisionEscalation } = policy.timers;
  const last: Deadline = {
    timer: 'decision',
    at: statusSince + decision,
    summary: 'maker decides',
  };
  if (decisionReminders === 0) {
    return [
      {
        timer: 'decisionReminder',
        at: statusSince + decisionReminder,
        summary: 'remind the maker',
      },
      last,
    ];
  }
  if (decisionReminders > 1) return [last];
  const at = statusSince + decisionEscalation;
  return [{ timer: 'decisionEscalation', at, summary: 'tell the supervisor' }, last];
}

/**
 * A timer fired. Messages come before timers in one activation, so its wait may be over by now: it
 * counts only while its deadline still stands and has passed.
 */
export function onTimer(j: ProfileJournal, timer: TimerName): void {
  const due = deadlines(j.state).find((d) => d.timer === timer);
  if (!due || due.at > j.at) return;
  switch (timer) {
    case 'captureLink':
      finish(j, 'EXPIRED', 'TECH_LINK_EXPIRED');
      return;
    case 'customerJoin':
      onCustomerJoinTimeout(j);
      return;
    case 'disconnectGrace':
      onDisconnectGrace(j);
      return;
    case 'captureRequest':
      expireCapture(j);
      return;
    case 'decisionReminder':
    case 'decisionEscalation':
      onDecisionReminder(j);
      return;
    case 'slot':
      onSlotTimeout(j);
      return;
    case 'hold':
      onHoldTimeout(j);
      return;
    case 'call':
      endAvSession(j, 'MAX_DURATION', 'PLATFORM');
      return;
    case 'decision':
      onDecisionTimeout(j);
      return;
    case 'reviewClaim':
      unclaim(j, 'EXPIRED');
      return;
    case 'recording':
      onRecordingTimeout(j);
      return;
  }
}
