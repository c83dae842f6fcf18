import { homedir } from 'node:os';
import { sentenceOf } from '../local/sentence-of';
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
