import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { locateTemporal } from '../../src/local/temporal/locate';
import { childEnv, toolContext } from './servers';
import type { Stack } from './stack';

const run = promisify(execFile);
/** A signal takes the CLI some 100 ms. */
const LIMIT_MS = 30_000;

/** The command line of Temporal as a person at a terminal uses it: the binary that the product found. */
export class TemporalCli {
  private constructor(
    private readonly executable: string,
    private readonly stack: Stack,
  ) {}

  static async of(stack: Stack): Promise<TemporalCli> {
    return new TemporalCli(await locateTemporal(toolContext()), stack);
  }

  /** `temporal workflow signal`; answers what it says, which is only that the signal arrived. */
  signal(profileId: string, name: string, input: object): Promise<string> {
    const { address, namespace } = this.stack.config.temporal;
    const where = ['--address', address, '--namespace', namespace];
    const what = ['--workflow-id', `profile/${profileId}`, '--name', name];
    const args = ['workflow', 'signal', ...where, ...what, '--input', JSON.stringify(input)];
    return this.run([this.executable, ...args]);
  }

  /** A whole command, as `npm run token` shows it. */
  async run([program = '', ...args]: readonly string[]): Promise<string> {
    const { stdout, stderr } = await run(program, args, { timeout: LIMIT_MS });
    return stdout + stderr;
  }
}

/** What `npm run token -- --json` prints. */
export interface IssuedByCli {
  readonly token: string;
  readonly remarkRef: string;
  readonly command: readonly string[];
}

/** `npm run token -- --json …` as a process of its own; rejects with its exit code and its sentence. */
export async function runTokenCommand(
  stack: Stack,
  flags: readonly string[],
): Promise<IssuedByCli> {
  const entry = join(__dirname, '../../src/token-cli/token.main.ts');
  const where = ['--api', stack.url, '--temporal', stack.config.temporal.address];
  const args = [entry, '--json', ...where, ...flags];
  const { stdout } = await run(process.execPath, args, { env: childEnv(), timeout: LIMIT_MS });
  return JSON.parse(stdout) as IssuedByCli;
}
