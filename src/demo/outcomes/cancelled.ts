import type { ProfileStatus } from '../../domain/words';
import { APPROVES, PLAIN, utv, type Outcome } from './outcome';

/** The client cancels when the case stands there; `from`: where it may stand by then. */
function cancelled(at: ProfileStatus, name: string, from: string = at): Outcome {
  return {
    ...PLAIN,
    name: `cancelled ${name}`,
    status: 'CANCELLED',
    cancelled: at,
    calls: [APPROVES],
    checks: [{ decision: 'APPROVED' }],
    shows: [`profile.finished ${from}`],
  };
}

/** Ways that end CANCELLED: from each status that a case can be in. */
export const CANCELLED_WAYS: readonly Outcome[] = [
  { ...cancelled('CAPTURE_PENDING', 'before the login'), capture: 'NEVER_OPENS' },
  cancelled('CAPTURE_IN_PROGRESS', 'while capturing'),
  // An agent, a reviewer may be faster than the client.
  cancelled('QUEUED', 'in line', 'QUEUED|IN_CALL'),
  cancelled('IN_CALL', 'in the call'),
  cancelled('DECISION_PENDING', 'before the decision'),
  cancelled('REVIEW_PENDING', 'before the review', 'REVIEW_PENDING|IN_REVIEW'),
  cancelled('IN_REVIEW', 'in review'),
  { ...cancelled('SCHEDULED', 'when put off'), calls: [utv('BIZ_CUSTOMER_BUSY_CALL_LATER')] },
  { ...cancelled('ON_HOLD', 'on hold'), held: ['QUEUED'] },
];
