import { type ChildProcess, spawn } from 'node:child_process';
import { Connection } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOOPBACK } from '../ports';
import { type ChildSpec } from '../supervisor/child';
import { messageOf, StartError } from '../start-error';
import { type SearchAttributes, setRetention, waitForNamespace } from './namespace';

export interface DevServerOptions {
  /** The Temporal CLI; see locate.ts. */
  readonly executable: string;
  readonly port: number;
  /** The UI's port; without one there is no UI (tests). */
  readonly uiPort?: number;
  /** Where the UI's browser page has payloads decoded; our API serves it. */
  readonly codecEndpoint?: string;
  /** The database's file; without one all is gone with the process (tests). */
  readonly database?: string;
  readonly searchAttributes?: SearchAttributes;
  /** How long closed runs are kept; the server's own default is one day. */
  readonly retentionDays?: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where it prints to: a file's descriptor. */
  readonly output?: number;
}

/** The dev server always has it. */
export const DEFAULT_NAMESPACE = 'default';
const READY_MS = 60_000;

/** The command line of the dev server. */
export function devServerArgs(options: DevServerOptions): string[] {
  const { uiPort, codecEndpoint, database, searchAttributes = {} } = options;
  return [
    'server',
    'start-dev',
    '--log-level',
    'warn',
    '--ip',
    LOOPBACK,
    '--port',
    String(options.port),
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(uiPort !== undefined && codecEndpoint !== undefined
      ? ['--ui-codec-endpoint', codecEndpoint]
      : []),
    // Twice the throughput of the defaults (DESIGN §10); a process crash loses nothing with WAL,
    // a power cut may lose the last moments, which a development machine can bear.
    ...(database === undefined
      ? []
      : [
          '--db-filename',
          database,
          '--sqlite-pragma',
          'journal_mode=wal',
          '--sqlite-pragma',
          'synchronous=normal',
        ]),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]),
  ];
}

/** The dev server as a child: ready when its namespace answers and keeps closed runs long enough. */
export function devServerChild(options: DevServerOptions): ChildSpec {
  const output = options.output ?? 'ignore';
  return {
    name: 'temporal',
    readyMs: READY_MS,
    spawn: (): ChildProcess =>
      spawn(options.executable, devServerArgs(options), {
        env: { ...options.env },
        detached: true, // a group of its own: see forkEntry
        stdio: ['ignore', output, output],
      }),
    ready: async (_child, signal) => {
      const address = `${LOOPBACK}:${options.port}`;
      const connection = await connectWhenUp(address, signal);
      try {
        await waitForNamespace(connection, DEFAULT_NAMESPACE, signal);
        if (options.retentionDays !== undefined) {
          await setRetention(connection, DEFAULT_NAMESPACE, options.retentionDays);
        }
      } finally {
        await connection.close();
      }
      return { url: address };
    },
  };
}

async function connectWhenUp(address: string, signal: AbortSignal): Promise<Connection> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await Connection.connect({ address, connectTimeout: '1s' });
    } catch {
      // Refused until it listens; the caller's limit ends this.
      await sleep(50, undefined, { signal });
    }
  }
}

/**
 * Connects to a server that is not ours (`TEMPORAL_ADDRESS`).
 * @throws StartError when it does not answer within 10 s.
 */
export async function connectToGiven(address: string): Promise<Connection> {
  try {
    return await Connection.connect({ address, connectTimeout: '10s' });
  } catch (error) {
    throw new StartError(
      `The Temporal server at ${address} (TEMPORAL_ADDRESS) does not answer: ${messageOf(error)}.`,
    );
  }
}
