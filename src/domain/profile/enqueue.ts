import type { DeskMessage, Ticket } from '../messages';
import { levelsOf, type Queue, type Timers } from '../policy';

/** Who is to wait, and for what. */
export interface PlaceWanted {
  readonly ticket: Ticket;
  readonly queue: Queue;
  /** A supervisor may have given him another than the queue's. */
  readonly priority: number;
  readonly language: string;
  readonly skills: readonly string[];
  /** Epoch ms of his first time in line. */
  readonly since: number;
  /** Epoch ms until which the queue is open. */
  readonly closesAt: number;
  /** '' for none. */
  readonly preferredAgent: string;
}

/** How a profile asks the desk for a place in line. @param at epoch ms: his time there begins now */
export function enqueueMessage(
  { ticket, queue, priority, language, skills, since, closesAt, preferredAgent }: PlaceWanted,
  timers: Timers,
  at: number,
): DeskMessage {
  const levels = levelsOf(queue.skills);
  return {
    kind: 'enqueue',
    ticket,
    needs: {
      queueId: queue.queueId,
      queueName: queue.queueName,
      language,
      skills: Object.fromEntries(skills.map((skill) => [skill, levels[skill] ?? 1])),
      priority,
      relaxation: queue.relaxation ?? [],
    },
    since,
    until: Math.min(closesAt, at + (queue.maxWaitMs ?? timers.queue)),
    offerTimeout: queue.offerTimeoutMs ?? timers.offer,
    ...(preferredAgent !== '' && { preferredAgent }),
  };
}
