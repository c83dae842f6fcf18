import { createServer, type Server } from 'node:net';
import { freePort, isPortFree, LOOPBACK, requireFreePorts } from './ports';

let busy: Server;
let port: number;
beforeEach(async () => {
  port = await freePort();
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(port, LOOPBACK, resolve));
});
const close = (): Promise<unknown> => new Promise((resolve) => busy.close(resolve));
afterEach(close);

describe('requireFreePorts', () => {
  it('names the port, its use and the flag of one that is taken', async () => {
    await expect(
      requireFreePorts([{ port, use: 'the Temporal server', flag: '--temporal-port' }]),
    ).rejects.toThrow(
      `Port ${port} for the Temporal server is taken: stop what listens there or choose another with --temporal-port.`,
    );
  });

  it('waits for one that becomes free in time', async () => {
    const waiting = requireFreePorts([{ port, use: 'the API', flag: '--api-port' }], 30_000);
    await close();
    await expect(waiting).resolves.toBeUndefined();
    await expect(isPortFree(port)).resolves.toBe(true);
  });

  it('refuses one port for two servers', async () => {
    const other = await freePort();
    await expect(
      requireFreePorts([
        { port: other, use: 'the API', flag: '--api-port' },
        { port: other, use: 'ClickHouse', flag: '--clickhouse-port' },
      ]),
    ).rejects.toThrow(/asked for twice, for the API and for ClickHouse: .*--clickhouse-port/);
  });
});
