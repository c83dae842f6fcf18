import { isoTime } from '../log-row';
import { allOf, inBuckets } from './buckets';
import type { AgentState, DeskState } from './state';

/**
 * The desk as the Temporal UI shows it. Made at every change, so from the index: counting 10,000
 * customers each time would cost more than serving one.
 */
export function describeDesk(state: DeskState): string {
  const agents = allOf(state.agents);
  const count = (is: AgentState): number => agents.filter((a) => a.state === is).length;
  return [
    `**${state.waiting.size} waiting**`,
    ...queueLines(state),
    `- agents: ${count('FREE')} free, ${count('OFFERED')} offered, ${count('BUSY')} busy, ${count('WRAP_UP')} in wrap-up, ${count('PAUSED')} on a break, ${count('AWAY')} away`,
    `- not yet delivered to profiles: ${state.outbox.profiles.length}`,
  ].join('\n');
}

/** Those without an open offer, by queue. */
function queueLines({ index, waiting }: DeskState): string[] {
  const queues = new Map<string, { count: number; since: number }>();
  for (const line of Object.values(index.lines)) {
    const [first] = line;
    if (!first) continue;
    const name = inBuckets(waiting, first.id)?.needs.queueName ?? '';
    const { count, since } = queues.get(name) ?? { count: 0, since: first.since };
    queues.set(name, { count: count + line.length, since: Math.min(since, first.since) });
  }
  return [...queues].map(
    ([name, { count, since }]) => `- ${name}: ${count} in line, the first since ${isoTime(since)}`,
  );
}
