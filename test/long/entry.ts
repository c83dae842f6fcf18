import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testBundle } from '../support/bundle';
import { childEnv } from '../support/servers';

const ROOT = join(__dirname, '..', '..');
const ENTRIES = {
  demo: 'demo/demo.main.ts',
  verify: 'demo/verify.main.ts',
  simulate: 'simulate/simulate.main.ts',
} as const;

export interface Ended {
  readonly code: number | null;
  /** What it printed, line by line. */
  readonly lines: readonly string[];
}

/** Runs a command of the project (`npm run demo` …) to its end; what it prints is shown, too. */
export async function runEntry(
  name: keyof typeof ENTRIES,
  args: readonly (string | number)[],
): Promise<Ended> {
  const entry = join(ROOT, 'src', ENTRIES[name]);
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
