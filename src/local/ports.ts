import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, StartError } from './start-error';

/** Everything that `npm start` starts listens here and nowhere else. */
export const LOOPBACK = '127.0.0.1';

/** A port something will listen on, and the flag that moves it elsewhere. */
export interface WantedPort {
  readonly port: number;
  /** Who will listen, as in "Port 7233 for the Temporal server". */
  readonly use: string;
  /** The flag of `npm start`, with its dashes. */
  readonly flag: string;
}

/** Listens on `port` of loopback for a moment. */
function tryListen(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}

/** Whether a server could listen on `port` of loopback now. */
export async function isPortFree(port: number): Promise<boolean> {
  try {
    await tryListen(port);
    return true;
  } catch (error) {
    // EACCES: a port below 1024 without the right to it; as good as taken.
    if (codeOf(error) === 'EADDRINUSE' || codeOf(error) === 'EACCES') return false;
    throw error;
  }
}

/**
 * The ports the system gives to outgoing connections begin at 32,768 on Linux and at 49,152 on macOS
 * (ip_local_port_range, net.inet.ip.portrange.first): below, none can take a port before its server does.
 */
const FREE_PORTS = { first: 10_000, end: 32_768 } as const;

/** A port of loopback that was free a moment ago: for servers that run side by side with others. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FREE_PORTS.first, FREE_PORTS.end);
    if (await isPortFree(port)) return port;
  }
}

/**
 * Checks every port, so that the first sentence the user reads names the port and the flag.
 * @param graceMs how long a taken port may still become free (after a killed start, whose children
 *   need some seconds to end); 0 for none.
 * @throws StartError for the first port that stays taken, or that is wanted twice.
 */
export async function requireFreePorts(wanted: readonly WantedPort[], graceMs = 0): Promise<void> {
  const seen = new Map<number, WantedPort>();
  for (const one of wanted) {
    const other = seen.get(one.port);
    if (other) {
      throw new StartError(
        `Port ${one.port} is asked for twice, for ${other.use} and for ${one.use}: choose another with ${one.flag}.`,
      );
    }
    seen.set(one.port, one);
  }
  const deadline = Date.now() + graceMs;
  for (const { port, use, flag } of wanted) {
    while (!(await isPortFree(port))) {
      if (Date.now() >= deadline) {
        throw new StartError(
          `Port ${port} for ${use} is taken: stop what listens there or choose another with ${flag}.`,
        );
      }
      await sleep(200);
    }
  }
}
