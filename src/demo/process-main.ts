import { sentenceOf } from '../local/sentence-of';
import type { CommandSurroundings } from './run-command';
import { Terminal } from './run/terminal';

/** As a shell reports a program ended by SIGINT. */
const INTERRUPTED = 130;

/**
 * The life of a command's process: Ctrl-C ends it in order, an error of the user's is one sentence,
 * any other comes with its stack. Sets the exit code.
 */
export async function runAsProcess(
  command: (args: readonly string[], surroundings: CommandSurroundings) => Promise<number>,
  env: CommandSurroundings['env'],
): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort(new Error('interrupted'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  const terminal = new Terminal(process.stdout);
  try {
    const surroundings = { env, terminal, signal: stop.signal };
    process.exitCode = await command(process.argv.slice(2), surroundings);
  } catch (error) {
    if (!stop.signal.aborted) process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = stop.signal.aborted ? INTERRUPTED : 1;
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, interrupt);
  }
}
