import { types } from 'node:util';
import { ConfigError } from '../config';
import { StartError } from '../local/start-error';
import { HundredMsError } from '../video/hundredms/error';
import { provisionCommand } from './provision-command';

/** The entry of `npm run video:provision`; ends with 1 when a required setting is not so. */
provisionCommand(process.argv.slice(2), {
  env: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
})
  .then((complete) => {
    process.exitCode = complete ? 0 : 1;
  })
  .catch((error: unknown) => {
    process.stderr.write(`${sentenceOf(error)}\n`);
    process.exitCode = 1;
  });

/** Our own sentences stand alone; anything else is a bug of ours and comes with its stack. */
function sentenceOf(error: unknown): string {
  if (error instanceof HundredMsError)
    return `100ms: ${[error.message, ...error.details].join('; ')}`;
  if (error instanceof StartError || error instanceof ConfigError) return error.message;
  return types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
}
