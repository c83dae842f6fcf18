import { fork, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';

export interface ForkOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly args?: readonly string[];
  /** Where standard output and error go: a file's descriptor, or this process's own. */
  readonly output?: number | 'inherit' | 'ignore';
}

/**
 * Starts one of our process entries with an IPC channel.
 *
 * It gets a process group (and session) of its own. Ctrl-C in a terminal signals every process of
 * the foreground group at once: children in that group would die in any order before the launcher
 * could stop them one after the other.
 *
 * @param entry absolute path without extension: `.js` in `dist`, `.ts` under a test's require hook.
 */
export function forkEntry(entry: string, options: ForkOptions): ChildProcess {
  const output = options.output ?? 'inherit';
  return fork(entry + extname(__filename), options.args ?? [], {
    env: { ...options.env },
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
  });
}
