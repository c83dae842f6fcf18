import type { DeskMessage, Ticket } from '../domain/messages';
import type { Policy, Queue } from '../domain/policy';
import { enqueueMessage } from '../domain/profile/enqueue';
import { chooseQueue } from '../domain/profile/line';
import { StartError } from '../local/start-error';
import type { Customer } from './customers';
import type { Pace } from './day';

/** What the customer's profile would send to the desk: the simulation has no profiles, only lines. */
export function ticketOf({ profileId }: Customer): Ticket {
  return { profileId, n: 1 };
}

/** @throws StartError when the organization has no queue for him. */
export function queueFor({ language, skills }: Customer, policy: Policy): Queue {
  const queue = chooseQueue(policy, language, skills);
  if (queue) return queue;
  throw new StartError(`No queue takes customers who speak ${language} for ${skills.join(', ')}.`);
}

/** What his profile says when he has submitted. */
export function enteringLine(
  customer: Customer,
  queue: Queue,
  { timers }: Policy,
  at: number,
): DeskMessage {
  const { language, skills } = customer;
  const { priority } = queue;
  const wanted = { ticket: ticketOf(customer), queue, priority, language, skills, since: at };
  return enqueueMessage({ ...wanted, preferredAgent: '' }, timers, at);
}

/** How long he takes his agent, ms: the policy ends a call that lasts too long, and one nobody joins. */
export function callOf(
  { phantom, serviceMs }: Customer,
  { joinMs, decideMs }: Pace,
  { timers }: Policy,
): { readonly lasts: number; readonly cutOff: boolean } {
  if (phantom) return { lasts: timers.customerJoin, cutOff: false };
  const talked = joinMs + serviceMs;
  return { lasts: Math.min(talked, timers.call) + decideMs, cutOff: talked > timers.call };
}
