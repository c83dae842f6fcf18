import { parseArgs, types } from 'node:util';
import { ConfigError, loadClickHouse } from '../config';
import { verifyServer } from './verify-server';

/** The entry of `npm run operations:verify`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { backup: { type: 'boolean', default: false } } });
  const held = await verifyServer(loadClickHouse(), values.backup, (line) =>
    process.stdout.write(`${line}\n`),
  );
  process.exitCode = held ? 0 : 1;
}

main().catch((error: unknown) => {
  const own = error instanceof ConfigError ? error.message : undefined;
  const stack = types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${own ?? stack}\n`);
  process.exitCode = 2;
});
