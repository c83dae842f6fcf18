import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testBundle } from '../support/bundle';
import { childEnv } from '../support/servers';

const ROOT = join(__dirname, '..', '..');

export interface Ended {
  readonly code: number | null;
  /** What it printed, line by line. */
  readonly lines: readonly string[];
}

/** Runs a command of the project (`npm run demo`, `npm run verify`) to its end; what it prints is shown, too. */
export async function runEntry(
  name: 'demo' | 'verify',
  args: readonly (string | number)[],
): Promise<Ended> {
  const entry = join(ROOT, 'src', 'demo', `${name}.main.ts`);
  const child = spawn(process.execPath, [entry, ...args.map(String)], {
    cwd: ROOT,
    env: childEnv({ WORKFLOW_BUNDLE: await testBundle() }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
      process.stderr.write(data);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, lines: output.trimEnd().split('\n') };
}
