import { heartbeat } from '@temporalio/activity';
import { organizationsIn, purgeExpired } from '../../clickhouse/purge';
import type { LogClient } from '../../clickhouse/client';
import type { PurgeActivities, Purged } from '../../workflows/contracts';

/** A third of the time after which a silent worker counts as dead (workflows/purge.workflow.ts), ms. */
const BEAT_MS = 20_000;

/**
 * Deletes what has expired, one organization after the other. Run twice it is harmless: what is gone
 * is gone, and what is there still goes.
 */
export function createPurgeActivities(log: LogClient): PurgeActivities {
  return {
    async purgeExpired() {
      const alive = setInterval(heartbeat, BEAT_MS);
      try {
        return await purgeAll(log, Date.now());
      } finally {
        clearInterval(alive);
      }
    },
  };
}

async function purgeAll(log: LogClient, at: number): Promise<Purged> {
  const ouids = await organizationsIn(log);
  let [profiles, operations] = [0, 0];
  for (const ouid of ouids) {
    const purged = await purgeExpired(log, ouid, at);
    profiles += purged.profiles;
    operations += purged.operations;
  }
  return { organizations: ouids.length, profiles, operations };
}
