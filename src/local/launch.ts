import { type DemoContext, type LoadDemoOrganization, type RunDemoJourney } from './demo/types';
import { type StartOptions } from './options';
import { LOOPBACK } from './ports';
import { machineFacts, requirePrerequisites } from './prerequisites';
import { provideClickHouse, provideTemporal, requirePorts, type ServerEnv } from './servers';
import { Session, type Surroundings } from './session';
import { journeyLines, welcomeLines } from './summary';
import { type SearchAttributes } from './temporal/namespace';

/** What the launcher starts and calls; start.ts names the real ones, the tests put in others. */
export interface LaunchParts {
  /** Process entries, absolute, without extension. */
  readonly entries: { readonly clickhouse: string; readonly worker: string; readonly api: string };
  readonly searchAttributes: SearchAttributes;
  /** Paths on the API. */
  readonly docsPath: string;
  readonly codecPath?: string;
  /** Throws when worker and API could not use this environment: asked before anything is started. */
  readonly check: (env: Readonly<Record<string, string | undefined>>) => void;
  /** Brings the schema up to date; gets the environment that worker and API will get. */
  readonly migrate: (env: Readonly<Record<string, string | undefined>>) => Promise<void>;
  readonly loadDemoOrganization: LoadDemoOrganization;
  readonly runDemoJourney: RunDemoJourney;
}

/**
 * All that `npm start` does up to the line that says Ctrl-C stops everything. In order: what the
 * machine must have, the ports, Temporal, ClickHouse, the schema, worker, API, the demo.
 *
 * @returns what ends it all again.
 * @throws StartError in one sentence, all being ended before.
 */
export async function launch(
  options: StartOptions,
  parts: LaunchParts,
  surroundings: Surroundings,
): Promise<Session> {
  const session = await Session.open(options, surroundings);
  const endEarly = (): void => {
    void session.end();
  };
  surroundings.signal.addEventListener('abort', endEarly, { once: true });
  try {
    requirePrerequisites(machineFacts(options.dataDir));
    parts.check({ ...surroundings.env, ...ownEnv(session) });
    await requirePorts(session);
    const context = await startAll(session, parts);
    await demonstrate(session, parts, context);
    return session;
  } catch (error) {
    await session.end();
    throw error;
  } finally {
    surroundings.signal.removeEventListener('abort', endEarly);
  }
}

async function startAll(session: Session, parts: LaunchParts): Promise<DemoContext> {
  const { options, surroundings } = session;
  const { signal, tell } = surroundings;
  const apiUrl = apiUrlOf(options);
  const temporal = await provideTemporal(session, {
    searchAttributes: parts.searchAttributes,
    ...(parts.codecPath === undefined ? {} : { codecEndpoint: apiUrl + parts.codecPath }),
  });
  const clickhouse = await provideClickHouse(session, parts.entries.clickhouse);
  const env = { ...surroundings.env, ...ownEnv(session), ...temporal, ...clickhouse };
  signal.throwIfAborted();
  await parts.migrate(env);
  await session.startEntry({ name: 'worker', entry: parts.entries.worker, env });
  await session.startEntry({ name: 'api', entry: parts.entries.api, env });
  tell(`API at ${apiUrl}`);
  return {
    apiUrl,
    temporalUiUrl: temporal['TEMPORAL_UI_URL'] ?? '',
    namespace: temporal['TEMPORAL_NAMESPACE'] ?? '',
    env,
    tell,
    signal,
  };
}

function apiUrlOf({ ports }: StartOptions): string {
  return `http://${LOOPBACK}:${ports.api}`;
}

/** What src/config reads besides the servers. */
function ownEnv({ options, dataDir, secrets }: Session): ServerEnv {
  return {
    VKYC_ENV: 'development',
    API_HOST: LOOPBACK,
    API_PORT: String(options.ports.api),
    PUBLIC_URL: apiUrlOf(options),
    BLOB_DIR: dataDir.directory('blobs'),
    VIDEO_DIR: dataDir.directory('video'),
    MASTER_KEY: secrets.masterKey,
    TOKEN_KEY: secrets.tokenKey,
  };
}

async function demonstrate(
  { options, surroundings }: Session,
  parts: LaunchParts,
  context: DemoContext,
): Promise<void> {
  const { signal, tell } = surroundings;
  signal.throwIfAborted();
  const organization = await parts.loadDemoOrganization(context);
  if (options.demo) {
    signal.throwIfAborted();
    const journey = await parts.runDemoJourney(context, organization);
    for (const line of journeyLines(context, journey)) tell(line);
  }
  for (const line of welcomeLines(context, context.apiUrl + parts.docsPath, organization)) {
    tell(line);
  }
}
