import { sentenceOf } from '../local/sentence-of';
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
    process.stderr.write(`${serviceSentenceOf(error)}\n`);
    process.exitCode = 1;
  });

function serviceSentenceOf(error: unknown): string {
  if (!(error instanceof HundredMsError)) return sentenceOf(error);
  return `100ms: ${[error.message, ...error.details].join('; ')}`;
}
