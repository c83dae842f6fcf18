import type { Actor } from '../words';
import { endAvSession, onCustomerJoinTimeout } from './call';
import type { TimerName } from './commands';
import { onDecisionTimeout } from './decision';
import { finish } from './ending';
import type { ProfileJournal } from './profile-journal';
import { unclaim } from './review';
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
  const { timers } = state.policy;
  const av = lastAv(state);
  switch (state.status) {
    case 'CAPTURE_PENDING':
    case 'CAPTURE_IN_PROGRESS':
    case 'SCHEDULED':
      return [{ timer: 'captureLink', at: state.link.expiresAt, summary: 'capture link expires' }];
    case 'IN_CALL': {
      if (!av) return [];
      const call: Deadline = {
        timer: 'call',
        at: av.openedAt + timers.call,
        summary: 'longest call',
      };
      // While the room is being opened (a minute at most) he cannot join: that is not his fault.
      if (av.customerSeen || av.roomOpenedAt === undefined) return [call];
      return [
        {
          timer: 'customerJoin',
          at: av.roomOpenedAt + timers.customerJoin,
          summary: 'customer joins',
        },
        call,
      ];
    }
    case 'DECISION_PENDING':
      return [
        {
          timer: 'decision',
          at: (av?.endedAt ?? state.statusSince) + timers.decision,
          summary: 'maker decides',
        },
      ];
    case 'IN_REVIEW':
      if (!state.review) return [];
      return [
        {
          timer: 'reviewClaim',
          at: state.review.claimedAt + timers.reviewClaim,
          summary: 'review claim ends',
        },
      ];
    default:
      return [];
  }
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
    case 'call':
      endAvSession(j, 'MAX_DURATION', 'PLATFORM');
      return;
    case 'decision':
      onDecisionTimeout(j);
      return;
    case 'reviewClaim':
      unclaim(j, 'EXPIRED');
      return;
  }
}
