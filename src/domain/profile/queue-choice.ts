import { isoTime } from '../log-row';
import { neverOpens, openAt, opensNext } from '../openings';
import { levelsOf, type Policy, type Queue } from '../policy';
import type { ProfileState } from './state';

/** Every queue for a customer: opens at all, speaks his language, has every skill. */
export function fittingQueues(
  policy: Policy,
  language: string,
  skills: readonly string[],
): readonly Queue[] {
  return policy.queues.filter(
    (queue) =>
      !neverOpens(queue) &&
      queue.languages.includes(language) &&
      skills.every((skill) => skill in levelsOf(queue.skills)),
  );
}

/** Of those that fit: the higher priority, then the first. */
export function firstOf(queues: readonly Queue[]): Queue | undefined {
  return queues.reduce<Queue | undefined>(
    (best, q) => (best && best.priority >= q.priority ? best : q),
    undefined,
  );
}

/** Where he may wait, and why there: a supervisor's word counts more than what he needs. */
export function candidatesOf({ policy, language, skills, route }: ProfileState): {
  readonly chosenBy: 'NEEDS' | 'SUPERVISOR';
  readonly queues: readonly Queue[];
} {
  const given = policy.queues.filter(({ queueId }) => queueId === route?.queueId);
  return given.length > 0
    ? { chosenBy: 'SUPERVISOR', queues: given }
    : { chosenBy: 'NEEDS', queues: fittingQueues(policy, language, skills) };
}

/** The choice at this time, as the log tells it: among which queues, and which of them were closed. */
export interface Choice {
  readonly chosenBy: 'NEEDS' | 'SUPERVISOR';
  readonly candidates: string[];
  readonly closed: string[];
  /** Undefined while all are closed. */
  readonly queue: Queue | undefined;
  /** Epoch ms at which the chosen one closes. */
  readonly closesAt: number;
  /** When the first of them opens again, ISO 8601; '' when one is open, or none is known to. */
  readonly opensAt: string;
}

export function choiceAt(state: ProfileState, at: number): Choice {
  const { chosenBy, queues } = candidatesOf(state);
  const open = queues.filter((q) => openAt(q, state.openings, at));
  const queue = firstOf(open);
  const next = queue ? undefined : opensNext(queues, state.openings, at);
  return {
    chosenBy,
    candidates: queues.map(({ queueId }) => queueId),
    closed: queues.filter((q) => !open.includes(q)).map(({ queueId }) => queueId),
    queue,
    closesAt: queue ? (openAt(queue, state.openings, at)?.to ?? at) : at,
    opensAt: next === undefined ? '' : isoTime(next),
  };
}
