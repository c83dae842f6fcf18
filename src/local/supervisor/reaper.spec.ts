import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnv } from '../../../test/support/servers';

/** What issue 3 promises after SIGKILL of the launcher. */
const PROMISED_MS = 10_000;

function alive(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  });
}

describe('after SIGKILL of the launcher', () => {
  it('no child is left: not a binary, not a deaf one, not a busy one', async () => {
    const launcher = spawn(
      process.execPath,
      [join(__dirname, '../../../test/support/supervised.ts')],
      {
        env: childEnv(),
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(launcher.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(line.toString()) as number[];
    expect(pids).toHaveLength(3);
    expect(alive(pids)).toEqual(pids);
    const exited = once(launcher, 'exit');
    launcher.kill('SIGKILL');
    await exited;
    const deadline = Date.now() + PROMISED_MS;
    while (alive(pids).length > 0 && Date.now() < deadline) await sleep(100);
    expect(alive(pids)).toEqual([]);
  });
});
