import { Refusal } from '../refusal';
import type { ProfileCommands } from './commands';
import { enterLine, leaveLine } from './line';
import type { ProfileJournal } from './profile-journal';

/** Another language while he waits: the queue is chosen anew, and his place is the time he came. */
export function changeLanguage(
  j: ProfileJournal,
  { captureSessionId, language }: ProfileCommands['changeLanguage'],
): string {
  j.expectStatus('QUEUED');
  j.expectCaptureSession(captureSessionId);
  if (language !== j.state.language)
    queueAnew(j, () => {
      j.set({ language });
    });
  return String(j.state.ticket);
}

/** A supervisor gives the case another queue or priority, now and for every later time in line. */
export function reroute(
  j: ProfileJournal,
  { queueId, priority, why }: ProfileCommands['reroute'],
): string {
  if (queueId !== undefined && !j.state.policy.queues.some((q) => q.queueId === queueId)) {
    throw new Refusal('QUEUE_UNKNOWN', 'the policy this case runs by has no such queue');
  }
  const route = {
    ...j.state.route,
    ...(queueId !== undefined && { queueId }),
    ...(priority !== undefined && { priority }),
  };
  if (route.queueId === j.state.route?.queueId && route.priority === j.state.route?.priority)
    return '';
  j.emit('profile.rerouted', { queueId: queueId ?? '', priority: priority ?? null, why });
  const set = (): void => {
    j.set({ route });
  };
  if (j.state.status === 'QUEUED') queueAnew(j, set);
  else set();
  return '';
}

/** The higher ticket takes the lower one out of its line, with an offer that may be open for it. */
function queueAnew(j: ProfileJournal, change: () => void): void {
  leaveLine(j, 'MOVED');
  change();
  enterLine(j, 'REQUEUED', '', j.state.reason);
  // Refused, he stays where he is: nobody is moved out of his line because another one is closed.
  if (j.state.status !== 'QUEUED')
    throw new Refusal('QUEUE_CLOSED', 'that queue is closed now; the place in line is kept');
}
