import type { ProfileEvents } from '../events';
import { isoTime } from '../log-row';
import type { Ticket } from '../messages';
import { levelsOf, type Policy, type Queue } from '../policy';
import { Refusal } from '../refusal';
import { enqueueMessage } from './enqueue';
import type { ProfileJournal } from './profile-journal';

/** The queue for a customer: speaks his language, has every skill; the higher priority, then the first. */
export function chooseQueue(
  policy: Policy,
  language: string,
  skills: readonly string[],
): Queue | undefined {
  const fitting = policy.queues.filter(
    ({ languages, skills: offered }) =>
      languages.includes(language) && skills.every((skill) => skill in levelsOf(offered)),
  );
  return fitting.reduce<Queue | undefined>(
    (best, q) => (best && best.priority >= q.priority ? best : q),
    undefined,
  );
}

/** Puts the customer in line. Once in line, the original time is kept: a drop never costs the place. */
export function enterLine(
  j: ProfileJournal,
  why: 'SUBMITTED' | 'REJOINED' | 'REQUEUED',
  preferredAgent = '',
  reason = '',
): void {
  const { policy, language, skills } = j.state;
  const { route } = j.state;
  const given = policy.queues.find(({ queueId }) => queueId === route?.queueId);
  const queue = given ?? chooseQueue(policy, language, skills);
  if (!queue) throw new Refusal('NO_QUEUE_FITS', 'no queue has this language with these skills');
  // Who was away (SCHEDULED) starts anew, at the time he had booked, or where he had waited in vain;
  // who was re-queued keeps his place.
  const booked = Math.min(j.at, j.state.slot ?? j.at, j.state.waitedSince ?? j.at);
  const since = why === 'REQUEUED' ? (j.state.line?.since ?? j.at) : booked;
  const ticket = j.state.ticket + 1;
  j.set({
    ticket,
    slot: undefined,
    waitedSince: undefined,
    line: {
      queueId: queue.queueId,
      queueName: queue.queueName,
      priority: route?.priority ?? queue.priority,
      since,
      enteredAt: j.at,
    },
  });
  j.moveTo('QUEUED', reason);
  j.emit('queue.entered', { ticket, since: isoTime(since), why, preferredAgent });
  const priority = route?.priority ?? queue.priority;
  const wanted = { ticket: currentTicket(j), queue, priority, language, skills, since };
  j.send('desk', enqueueMessage({ ...wanted, preferredAgent }, policy.timers, j.at));
}

export function currentTicket(j: ProfileJournal): Ticket {
  return { profileId: j.state.profileId, n: j.state.ticket };
}

/** Says that the wait is over; the status is the caller's to change. */
export function leaveLine(j: ProfileJournal, why: ProfileEvents['queue.left']['why']): void {
  const waited = j.at - (j.state.line?.enteredAt ?? j.at);
  j.emit('queue.left', { ticket: j.state.ticket, why }, { durationMs: waited });
}

/** The customer has something to do by his link again, and the whole time for it. */
export function renewLink(j: ProfileJournal): void {
  j.set({ link: { ...j.state.link, expiresAt: j.at + j.state.policy.timers.captureLink } });
}

/** The customer is away: he comes back by his link, which is made to last again. */
export function schedule(j: ProfileJournal, reason: string): void {
  renewLink(j);
  j.moveTo('SCHEDULED', reason);
  j.emit('profile.scheduled', { why: reason });
}
