import { StartError } from './start-error';
import { LOOPBACK, requireFreePorts, type WantedPort } from './ports';
import { type Session } from './session';
import { connectToGiven, DEFAULT_NAMESPACE, devServerChild } from './temporal/dev-server';
import { locateTemporal } from './temporal/locate';
import { registerSearchAttributes, type SearchAttributes } from './temporal/namespace';
import { join } from 'node:path';

/** The dev server forgets closed runs after one day by default; we look at last month's. */
const RETENTION_DAYS = 30;
/** How long the children of a killed launcher may still hold their ports (its reaper takes 5 s). */
const LEFTOVER_MS = 12_000;
const ANSWER_MS = 10_000;

/** The environment by which worker and API find a server; names are those of src/config. */
export type ServerEnv = Readonly<Record<string, string>>;

/** Checks the ports of all that will be started by us, before anything is downloaded. */
export async function requirePorts({ options, surroundings, dataDir }: Session): Promise<void> {
  const { env } = surroundings;
  const { ports } = options;
  const wanted: WantedPort[] = [{ port: ports.api, use: 'the API', flag: '--api-port' }];
  if (!env['TEMPORAL_ADDRESS']) {
    wanted.push(
      { port: ports.temporal, use: 'the Temporal server', flag: '--temporal-port' },
      { port: ports.ui, use: 'the Temporal UI', flag: '--ui-port' },
    );
  }
  if (!env['CLICKHOUSE_URL']) {
    wanted.push({ port: ports.clickhouse, use: 'ClickHouse', flag: '--clickhouse-port' });
  }
  await requireFreePorts(wanted, dataDir.afterCrash ? LEFTOVER_MS : 0);
}

export interface TemporalWishes {
  readonly searchAttributes: SearchAttributes;
  /** Where the UI's page has payloads decoded. */
  readonly codecEndpoint?: string;
}

/** The Temporal server named by TEMPORAL_ADDRESS, else a dev server of our own. */
export async function provideTemporal(
  session: Session,
  wishes: TemporalWishes,
): Promise<ServerEnv> {
  const { env } = session.surroundings;
  const given = env['TEMPORAL_ADDRESS'];
  return given ? useGivenTemporal(session, given, wishes) : startTemporal(session, wishes);
}

async function useGivenTemporal(
  session: Session,
  address: string,
  { searchAttributes }: TemporalWishes,
): Promise<ServerEnv> {
  const { env, tell } = session.surroundings;
  const namespace = env['TEMPORAL_NAMESPACE'] ?? DEFAULT_NAMESPACE;
  const connection = await connectToGiven(address);
  try {
    await registerSearchAttributes(connection, namespace, searchAttributes);
  } finally {
    await connection.close();
  }
  tell(`Temporal at ${address} (TEMPORAL_ADDRESS)`);
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_UI_URL: env['TEMPORAL_UI_URL'] ?? '',
  };
}

async function startTemporal(session: Session, wishes: TemporalWishes): Promise<ServerEnv> {
  const { options, surroundings, dataDir, tools } = session;
  const executable = await locateTemporal(tools);
  const address = `${LOOPBACK}:${options.ports.temporal}`;
  const uiUrl = `http://${LOOPBACK}:${options.ports.ui}`;
  await session.start(
    devServerChild({
      ...wishes,
      executable,
      port: options.ports.temporal,
      uiPort: options.ports.ui,
      database: join(dataDir.directory('temporal'), 'temporal.db'),
      retentionDays: RETENTION_DAYS,
      env: surroundings.env,
      output: session.log('temporal'),
    }),
  );
  surroundings.tell(`Temporal at ${address}, its UI at ${uiUrl}`);
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: DEFAULT_NAMESPACE,
    TEMPORAL_UI_URL: uiUrl,
  };
}

/** The ClickHouse server named by CLICKHOUSE_URL, else the embedded one, run from `entry`. */
export async function provideClickHouse(session: Session, entry: string): Promise<ServerEnv> {
  const { options, surroundings, dataDir, secrets } = session;
  const { env, tell } = surroundings;
  const given = env['CLICKHOUSE_URL'];
  if (given) {
    await requireAnswer(given);
    tell(`ClickHouse at ${given} (CLICKHOUSE_URL)`);
    return { CLICKHOUSE_URL: given };
  }
  const password = { CLICKHOUSE_PASSWORD: secrets.clickhousePassword };
  const url = `http://${LOOPBACK}:${options.ports.clickhouse}`;
  await session.startEntry({
    name: 'clickhouse',
    entry,
    args: [
      '--data-dir',
      dataDir.directory('clickhouse'),
      '--port',
      String(options.ports.clickhouse),
      '--password-env',
      'CLICKHOUSE_PASSWORD',
    ],
    env: { ...env, ...password },
  });
  tell(`ClickHouse (embedded) at ${url}`);
  return { CLICKHOUSE_URL: url, CLICKHOUSE_USER: 'default', ...password };
}

async function requireAnswer(url: string): Promise<void> {
  const failed = (why: string): StartError =>
    new StartError(`The ClickHouse server at ${url} (CLICKHOUSE_URL) does not answer: ${why}.`);
  if (!URL.canParse(url)) throw failed('it is no address');
  let answer: Response;
  try {
    answer = await fetch(new URL('/ping', url), { signal: AbortSignal.timeout(ANSWER_MS) });
  } catch (error) {
    throw failed(reasonOf(error));
  }
  if (!answer.ok) throw failed(`HTTP ${answer.status}`);
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
