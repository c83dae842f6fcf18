import 'reflect-metadata';
import { ConfigError, loadConfig } from '../src/config';
import { createApp } from './bootstrap';

async function main(): Promise<void> {
  const config = loadConfig();
  const app = await createApp(config);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    app
      .close()
      .catch(fail)
      .finally(() => {
        if (process.connected) process.disconnect();
      });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  await app.listen(config.api.port, config.api.host);
  process.send?.({ ready: true, url: await app.getUrl() });
}

function fail(error: unknown): void {
  const text =
    error instanceof ConfigError || !(error instanceof Error)
      ? String(error)
      : (error.stack ?? error.message);
  process.stderr.write(`api: ${text}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail(error);
  if (process.connected) process.disconnect();
});
