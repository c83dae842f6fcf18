import { type AddressInfo, createServer } from 'node:net';
import { type LogLevel, Runtime } from '@temporalio/worker';
import { metricsAt, quarantineAlarm } from './metrics';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

it('serves a count of the rows that went into quarantine, and logs which', async () => {
  const address = `127.0.0.1:${await freePort()}`;
  const logged: [LogLevel, string, unknown][] = [];
  const log = (level: LogLevel, message: string, meta?: unknown): void => {
    logged.push([level, message, meta]);
  };
  const runtime = Runtime.install({
    logger: {
      log,
      trace: () => undefined,
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (message, meta) => {
        log('ERROR', message, meta);
      },
    },
    shutdownSignals: [],
    telemetryOptions: metricsAt(address),
  });
  try {
    const alarm = quarantineAlarm(runtime);
    const row = {
      ouid: 'bank',
      stream: 'profile',
      streamId: 'p',
      seq: '7',
      eventType: 'av.ended',
      errorCode: 'POISON_VALUE',
      errorColumn: 'seq',
    };
    alarm(row);
    alarm({ ...row, seq: '8' });
    const text = await (await fetch(`http://${address}/metrics`)).text();
    const [line] = /^vkyc_log_rows_quarantined_total\{.*$/m.exec(text) ?? [];
    expect(line).toMatch(/error="POISON_VALUE"/);
    expect(line).toMatch(/stream="profile"/);
    expect(line).toMatch(/ 2$/);
    expect(text).not.toContain('bank');
    expect(logged).toMatchObject([
      ['ERROR', 'a log row went into quarantine', { ...row }],
      ['ERROR', 'a log row went into quarantine', { seq: '8' }],
    ]);
  } finally {
    await runtime.shutdown();
  }
});

it('serves nothing without an address', () => {
  expect(metricsAt('')).toEqual({});
});
