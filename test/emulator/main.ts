import { types } from 'node:util';
import { StartError } from '../../src/local/start-error';
import { startEmulator } from './emulator';
import { parseOptions } from './options';

const out = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The entry of `npm run video:emulator`: an invented workspace with keys of its own, gone when it ends. */
async function main(): Promise<void> {
  const { port, webhook, seed, faultsPercent } = parseOptions(process.argv.slice(2));
  const emulator = await startEmulator({ port, seed, log: out });
  const { faults } = emulator.webhooks;
  emulator.faults.random.percent = faultsPercent;
  faults.droppedPercent = faults.doubledPercent = faults.delayedPercent = faultsPercent;
  emulator.webhooks.sendTo(webhook);
  const { accessKey, appSecret } = emulator.workspace.keys;
  out(`HUNDREDMS_API_URL=${emulator.url}`);
  out(`HUNDREDMS_ACCESS_KEY=${accessKey}`);
  out(`HUNDREDMS_APP_SECRET=${appSecret}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close());
  }
}

main().catch((error: unknown) => {
  const told = types.isNativeError(error) ? error.stack : String(error);
  process.stderr.write(`${error instanceof StartError ? error.message : (told ?? '')}\n`);
  process.exitCode = 1;
});
