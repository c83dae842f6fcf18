import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const POLL_MS = 500;

interface ProcessFacts {
  readonly parent: number;
  readonly command: readonly string[];
}

/** Parent and command line of a process; undefined when it is gone or the system does not tell. */
export function factsOf(pid: number): ProcessFacts | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined; // gone between two looks
  }
}

function fromProc(pid: number): ProcessFacts {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // "pid (comm) state ppid …": comm may itself hold blanks and parentheses.
  const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  return { parent, command };
}

function fromPs(pid: number): ProcessFacts {
  const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
    encoding: 'utf8',
  });
  const [parent, ...command] = line.trim().split(/\s+/);
  return { parent: Number(parent), command };
}

/**
 * Tells when npm above us dies. `npm start` is npm, a shell (`sh -c "… && node …"`) and then us:
 * SIGKILL reaches npm alone, SIGTERM is passed on to the shell alone, and in both cases we would run
 * on unnoticed. The links of that chain are looked at, not the pids: an orphan's parent changes at
 * once, whatever becomes of the pid.
 *
 * @param startedByNpm without npm above us nothing is watched: who starts us in the background and
 *   leaves may do so.
 * @returns what ends the watch.
 */
export function watchParents(startedByNpm: boolean, onGone: () => void): () => void {
  if (!startedByNpm) return () => undefined;
  const parent = process.ppid;
  const above = factsOf(parent);
  const shell = above !== undefined && isShellCommand(above.command) ? above : undefined;
  const timer = setInterval(() => {
    const gone =
      process.ppid !== parent || (shell !== undefined && factsOf(parent)?.parent !== shell.parent);
    if (!gone) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function isShellCommand([program = '', flag]: readonly string[]): boolean {
  return (
    /^(?:da|ba|z|k|a)?sh$|^busybox$/.test(basename(program)) && (flag === '-c' || flag === 'sh')
  );
}
