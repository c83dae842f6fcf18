import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { codeOf } from '../start-error';

/** How long one source of a server may take before the next is tried; a build may take longer. */
export const SOURCE_LIMIT_MS = 20_000;

/** What finding a server needs to know of its surroundings. */
export interface ToolContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Says one line to the user. */
  readonly tell: (line: string) => void;
  /** Ctrl-C while looking or building. */
  readonly signal?: AbortSignal | undefined;
  /** Has a process group ended should we be killed; returns what forgets it. See reaper.ts. */
  readonly guard?: ((pid: number) => () => void) | undefined;
}

export interface ToolRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** No limit without it. */
  readonly limitMs?: number;
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a tool to its end and resolves with all it printed; rejects with its last lines. The tool
 * gets a process group of its own, so that ending it ends the compilers it started too.
 */
export function runTool(context: ToolContext, run: ToolRun): Promise<string> {
  return new Promise((resolve, reject) => {
    context.signal?.throwIfAborted();
    const child = spawn(run.command, run.args, {
      cwd: run.cwd ?? context.home,
      env: { ...context.env, ...run.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const forget = child.pid === undefined ? undefined : context.guard?.(child.pid);
    let output = '';
    let ended = '';
    const end = (why: string): void => {
      ended = why;
      killGroup(child.pid);
    };
    const onAbort = (): void => {
      end('interrupted');
    };
    context.signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      run.limitMs === undefined
        ? undefined
        : setTimeout(end, run.limitMs, `no answer in ${run.limitMs / 1000} s`);
    const onData = (data: Buffer): void => {
      const text = data.toString('utf8');
      output += text;
      for (const line of text.split('\n')) if (line.trim() !== '') run.onLine?.(line.trim());
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    const settle = (): void => {
      clearTimeout(timer);
      context.signal?.removeEventListener('abort', onAbort);
      forget?.();
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      if (ended !== '') reject(new Error(ended));
      else if (code === 0) resolve(output);
      else reject(new Error(lastLines(output) || `exit code ${String(code)}`));
    });
  });
}

function lastLines(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-3).join(' / ');
}

/** Ends a whole process group at once; one that has ended already is fine. */
export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** The first executable file `name` in the directories of `PATH`, then in `extra`; undefined if none. */
export function which(
  context: Pick<ToolContext, 'env'>,
  name: string,
  extra: readonly string[] = [],
): string | undefined {
  const directories = [...(context.env['PATH'] ?? '').split(delimiter), ...extra];
  return directories
    .filter((directory) => isAbsolute(directory))
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // absent, unreadable or not executable: all mean "not here"
  }
}
