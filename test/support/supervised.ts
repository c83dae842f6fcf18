import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Reaper } from '../../src/local/supervisor/reaper';
import { Supervisor } from '../../src/local/supervisor/supervisor';
import { childEnv } from './servers';

// A stand-in for the launcher, to be killed by a test: three children of the kinds that would stay
// behind by themselves. Prints one line of JSON with the pids when they run.
const KINDS: Record<string, readonly [string, readonly string[]]> = {
  binary: ['sleep', ['600']], // does not know that its parent died
  deaf: [process.execPath, ['-e', `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`]],
  busy: [
    process.execPath,
    ['-e', 'for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)'],
  ],
};

async function main(): Promise<void> {
  const reaper = new Reaper(childEnv());
  const supervisor = new Supervisor({
    tell: (line) => process.stderr.write(`${line}\n`),
    guard: (pid) => reaper.guard(pid),
  });
  const pids: number[] = [];
  for (const [name, [command, args]] of Object.entries(KINDS)) {
    await supervisor.start({
      name,
      readyMs: 10_000,
      spawn: () => spawn(command, args, { detached: true, stdio: 'ignore' }),
      ready: async (child) => {
        await sleep(100); // long enough for its own signal handlers to stand
        pids.push(child.pid ?? 0);
        return {};
      },
    });
  }
  process.stdout.write(`${JSON.stringify(pids)}\n`);
}

void main();
