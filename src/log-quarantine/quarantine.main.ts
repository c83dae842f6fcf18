import { types } from 'node:util';
import { LogUnavailableError } from '../../clickhouse/errors';
import { ConfigError, loadClickHouse } from '../config';
import { StartError } from '../local/start-error';
import { parseQuarantineOptions } from './options';
import { quarantineCommand } from './quarantine-command';

/** The entry of `npm run log:quarantine`. */
async function main(): Promise<void> {
  const options = parseQuarantineOptions(process.argv.slice(2));
  process.exitCode = await quarantineCommand(options, loadClickHouse(), (line) =>
    process.stdout.write(`${line}\n`),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 2;
});

/** Our own sentences stand alone; anything else is a bug of ours and comes with its stack. */
function sentenceOf(error: unknown): string {
  const own = [StartError, ConfigError, LogUnavailableError].some((type) => error instanceof type);
  if (own && error instanceof Error) return error.message;
  return types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
}
