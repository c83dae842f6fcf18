import type { LogRow } from '../../src/domain/log-row';
import { levelsOf, type Queue } from '../../src/domain/policy';
import type { ProfileState } from '../../src/domain/profile/state';
import { check } from './profile-invariants';

/**
 * Nobody is put in line where it is closed or waits past closing time, and nobody is sent away while
 * a queue for him is open; who is sent away keeps his place.
 */
export function hoursKept(
  before: ProfileState,
  after: ProfileState,
  rows: readonly LogRow[],
): void {
  const at = Date.parse(rows.at(-1)?.occurredAt ?? '');
  const closesAt = (queueId: string): number | undefined => {
    if (!before.openings || !(queueId in before.openings.queues)) return Infinity;
    return before.openings.queues[queueId]?.find(({ from, to }) => from <= at && at < to)?.to;
  };
  const types = rows.map((row) => row.eventType);
  if (types.includes('queue.entered')) {
    const closes = closesAt(after.line?.queueId ?? '');
    check('only an open queue is entered', closes !== undefined);
    const [sent] = after.outbox.desk.flatMap(({ message: m }) =>
      m.kind === 'enqueue' && m.ticket.n === after.ticket ? [m] : [],
    );
    check('nobody waits past closing time', (sent?.until ?? Infinity) <= (closes ?? 0));
  }
  const waitedInVain = types.includes('queue.left');
  if (after.reason !== 'TECH_NO_AGENT_AVAILABLE' || waitedInVain) return;
  if (!types.includes('profile.scheduled')) return;
  const open = queuesFor(after).filter(({ queueId }) => closesAt(queueId) !== undefined);
  check('nobody is sent away from an open queue', open.length === 0);
  const anew = before.status === 'SCHEDULED' || before.status === 'CAPTURE_IN_PROGRESS';
  const place = anew
    ? Math.min(at, before.waitedSince ?? at, before.slot ?? at)
    : before.line?.since;
  check('who is sent away keeps his place', after.waitedSince === place);
}

function queuesFor({ policy, route, language, skills }: ProfileState): readonly Queue[] {
  return policy.queues.filter((q) =>
    route?.queueId === undefined
      ? q.languages.includes(language) && skills.every((skill) => skill in levelsOf(q.skills))
      : q.queueId === route.queueId,
  );
}
