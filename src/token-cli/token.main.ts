import { homedir } from 'node:os';
import { types } from 'node:util';
import { StartError } from '../local/start-error';
import { tokenCommand } from './token-command';

/** The entry of `npm run token`. */
tokenCommand(process.argv.slice(2), {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  out: (line) => process.stdout.write(`${line}\n`),
  tell: (line) => process.stderr.write(`${line}\n`),
}).catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
});

/** Our own sentences stand alone; anything else is a bug of ours and comes with its stack. */
function sentenceOf(error: unknown): string {
  if (error instanceof StartError) return error.message;
  return types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
}
