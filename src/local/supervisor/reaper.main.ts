import { setTimeout as sleep } from 'node:timers/promises';
import { type ReaperMessage } from './reaper';

/**
 * Ends the launcher's children when the launcher was killed without a chance to do so itself. It
 * alone notices: a binary like the Temporal server does not know that its parent died, and a node
 * process busy in native code (a long query) would notice too late.
 */
const GRACE_MS = 5_000;
const groups = new Set<number>();

function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false; // ESRCH: nobody left in that group
  }
}

async function endAll(): Promise<void> {
  // Last started first asked; each has the whole grace time, so data are closed properly.
  for (const group of [...groups].reverse()) signal(group, 'SIGTERM');
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline && [...groups].some((group) => signal(group, 0))) await sleep(50);
  for (const group of groups) signal(group, 'SIGKILL');
}

process.on('message', ({ add, remove }: ReaperMessage) => {
  if (add !== undefined) groups.add(add);
  if (remove !== undefined) groups.delete(remove);
});
process.on('disconnect', () => {
  void endAll().then(() => process.exit(0));
});
