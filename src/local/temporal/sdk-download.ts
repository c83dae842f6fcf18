import { type ChildProcess } from 'node:child_process';
import { access, chmod, constants, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { forkEntry } from '../supervisor/fork';
import { killGroup, SOURCE_LIMIT_MS, type ToolContext } from './tools';

export interface Download {
  readonly kind: 'dev-server' | 'time-skipping';
  /** `v1.5.1`, or "default": the one this SDK wants. */
  readonly version: string;
  /** What the file is to be called in `directory`. */
  readonly file: string;
}

/**
 * Has the SDK download a server into `directory` (its own address, its own unpacking), within
 * {@link SOURCE_LIMIT_MS}. Rejects with one line.
 */
export async function downloadBySdk(
  context: ToolContext,
  download: Download,
  directory: string,
): Promise<void> {
  const child = forkEntry(join(__dirname, 'sdk-download.main'), {
    args: [download.kind, download.version, directory],
    env: context.env,
    output: 'ignore',
  });
  const forget = child.pid === undefined ? undefined : context.guard?.(child.pid);
  try {
    const error = await answerOf(child, context.signal);
    if (error !== undefined) throw new Error(error);
  } finally {
    // The whole group: a server it may have started goes with it.
    killGroup(child.pid);
    forget?.();
  }
  await takeDownloaded(directory, download.file);
}

/** The error the child told us, undefined when it succeeded. */
function answerOf(
  child: ChildProcess,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(settle, SOURCE_LIMIT_MS, `no answer in ${SOURCE_LIMIT_MS / 1000} s`);
    const onAbort = (): void => {
      settle('interrupted');
    };
    function settle(error: string | undefined): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(error);
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    child.once('message', (message: { error?: string }) => {
      // A chain of "error sending request for url (…): " around what matters.
      settle(message.error?.split('\n')[0]?.split('): ').at(-1));
    });
    child.once('error', (error) => {
      settle(error.message);
    });
    child.once('exit', () => {
      settle('the SDK ended without an answer');
    });
  });
}

/** The SDK names the file by rules of its own: it is the one executable in there. */
async function takeDownloaded(directory: string, file: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const executable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!executable) continue;
    await rename(path, join(directory, file));
    await chmod(join(directory, file), 0o755);
    return;
  }
  throw new Error('the SDK left no executable file');
}
