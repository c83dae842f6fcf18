import { homedir } from 'node:os';
import { launch, type LaunchParts } from './launch';
import { parseOptions } from './options';
import { sentenceOf } from './sentence-of';
import { watchParents } from './supervisor/parent-watch';

/** As a shell reports a program ended by SIGINT. */
const INTERRUPTED = 130;

/**
 * The life of the launcher's process: starts all, waits for Ctrl-C, a signal or npm's death, ends
 * all in order and resolves with the exit code. 0: all was started and then stopped; 1: it could
 * not be, or the demo journey failed; 130: interrupted before that.
 */
export async function runLauncher(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  parts: LaunchParts,
): Promise<number> {
  const stop = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  const interrupt = (why: string): void => {
    // npm passes on a Ctrl-C that has reached us already: the second one changes nothing.
    if (!stop.signal.aborted) tell(`${why}: stopping`);
    stop.abort(new Error('interrupted'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  const unwatch = watchParents(env['npm_lifecycle_event'] !== undefined, () => {
    interrupt('npm is gone');
  });
  // Whoever read our output may be gone (npm killed, `| head`): that is no reason to stop halfway.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);

  try {
    const session = await launch(parseOptions(args, process.cwd()), parts, {
      env,
      platform: process.platform,
      home: homedir(),
      tell,
      signal: stop.signal,
    });
    await stopped;
    await session.end();
    tell('stopped');
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      tell('stopped');
      return INTERRUPTED;
    }
    process.stderr.write(`${sentenceOf(error)}\n`);
    return 1;
  } finally {
    unwatch();
  }
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
