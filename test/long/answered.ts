import { join } from 'node:path';
import { createLogClient } from '../../clickhouse/client';
import type { RunLine } from '../../src/demo/record/record-line';
import { readLog, type Log, type LoggedEvent } from '../../src/demo/verify/log-reader';
import { startClickHouseServer } from '../../src/local/clickhouse-server/spawn';

/** The whole log of a demo whose own servers have ended, from the data that they left. */
export async function logOf({ dataDir, ouid }: RunLine): Promise<Log> {
  const server = await startClickHouseServer({ dataDir: join(dataDir, 'clickhouse') });
  const client = createLogClient({ url: server.url, database: 'vkyc' });
  try {
    return await readLog(client, ouid);
  } finally {
    await client.close();
    await server.stop();
  }
}

/** A customer's first time in line that ended with an agent in a call with him; times in ms. */
export interface Answered {
  readonly profileId: string;
  /** From queue.entered to queue.left. */
  readonly waitMs: number;
  /** The last part of it: from offer.made to queue.left. */
  readonly acceptMs: number;
  /** From av.opened to av.ended. */
  readonly callMs: number;
  /** From av.ended to the agent's agent.freed. */
  readonly decideMs: number;
}

/** How everybody's first time in line ended. */
export interface FirstTimes {
  readonly answered: readonly Answered[];
  /** An agent took him, and it came to no call. */
  readonly inVain: number;
  /** He cancelled, or was never offered anybody. */
  readonly others: number;
}

export function firstTimesOf({ profiles, desk }: Log): FirstTimes {
  const answered: Answered[] = [];
  let [inVain, others] = [0, 0];
  for (const [profileId, events] of profiles) {
    const entered = events.findIndex(is('queue.entered'));
    if (entered < 0) continue;
    const left = events.findIndex(is('queue.left'), entered);
    // Taken by an agent, he leaves the line in the step that opens the AV session.
    const opened = events[left + 1];
    const ended = events.slice(left).find(is('av.ended'));
    if (left < 0 || opened?.eventType !== 'av.opened' || !ended) others += 1;
    else if (!events.some((e) => is('av.started')(e) && e.avSessionId === opened.avSessionId)) {
      inVain += 1;
    } else {
      const made = desk.find((e) => is('offer.made')(e) && e.offerId === opened.offerId);
      const taken = desk.findIndex((e) => is('offer.confirmed')(e) && e.offerId === opened.offerId);
      const freed = desk
        .slice(taken)
        .find((e) => is('agent.freed')(e) && e.agentId === opened.agentId);
      answered.push({
        profileId,
        waitMs: between(events[entered], opened),
        acceptMs: between(made, opened),
        callMs: between(opened, ended),
        decideMs: between(ended, freed),
      });
    }
  }
  return { answered, inVain, others };
}

function is(type: string): (event: LoggedEvent) => boolean {
  return ({ eventType }) => eventType === type;
}

function between(from: LoggedEvent | undefined, to: LoggedEvent | undefined): number {
  if (!from || !to) throw new Error('the log lacks an event of an answered customer');
  return Date.parse(to.occurredAt) - Date.parse(from.occurredAt);
}
