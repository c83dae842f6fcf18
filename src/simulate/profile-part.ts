import type { DeskMessage, Ticket } from '../domain/messages';
import type { Policy, Queue } from '../domain/policy';
import { enqueueMessage } from '../domain/profile/enqueue';
import { firstOf, fittingQueues } from '../domain/profile/queue-choice';
import { StartError } from '../local/start-error';
import type { Customer } from './customers';
import type { Pace } from './day';

/** What the customer's profile would send to the desk: the simulation has no profiles, only lines. */
export function ticketOf({ profileId }: Customer, n = 1): Ticket {
  return { profileId, n };
}

/** @throws StartError when the organization has no queue for him. */
export function queueFor({ language, skills }: Customer, policy: Policy): Queue {
  const queue = firstOf(fittingQueues(policy, language, skills));
  if (queue) return queue;
  throw new StartError(`No queue takes customers who speak ${language} for ${skills.join(', ')}.`);
}

/** What his profile says when he has submitted, and when he was called in vain for the first time. */
export function enteringLine(
  { language, skills }: Customer,
  ticket: Ticket,
  queue: Queue,
  since: number,
  { timers }: Policy,
  at: number,
): DeskMessage {
  // The trace's customers come while the queues are open.
  const when = { since, closesAt: Infinity };
  const wanted = { ticket, queue, priority: queue.priority, language, skills, ...when };
  return enqueueMessage({ ...wanted, preferredAgent: '' }, timers, at);
}

interface Call {
  readonly outcome: 'ANSWERED' | 'NO_SHOW';
  /** How long he takes his agent, ms. */
  readonly lasts: number;
  readonly cutOff: boolean;
}

/** What comes of it when an agent takes him: the policy ends a call that lasts too long, and one nobody joins. */
export function callOf(
  { serviceMs }: Customer,
  isGone: boolean,
  { joinMs, decideMs }: Pace,
  { timers }: Policy,
): Call {
  if (isGone) return { outcome: 'NO_SHOW', lasts: timers.customerJoin, cutOff: false };
  const talked = joinMs + serviceMs;
  const lasts = Math.min(talked, timers.call) + decideMs;
  return { outcome: 'ANSWERED', lasts, cutOff: talked > timers.call };
}
