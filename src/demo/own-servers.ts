import { homedir } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { loadConfig } from '../config';
import { declareOrganization } from '../local/demo/declare-organization';
import { demoApiKey } from '../local/demo/demo-settings';
import type { DemoContext } from '../local/demo/types';
import { launch, type LaunchParts } from '../local/launch';
import type { StartOptions } from '../local/options';
import { freePort } from '../local/ports';
import { PRODUCT_PARTS } from '../local/product-parts';
import type { Session, Surroundings } from '../local/session';
import type { OrganizationSettings } from '../domain/organization/settings';

export interface OwnServersOptions {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** The whole product, started by us. */
export interface OwnServers {
  readonly context: DemoContext;
  readonly session: Session;
}

/** Starts what `npm start --no-demo` starts, on free ports and in a data directory of its own. */
export async function startOwnServers({
  dataDir,
  env,
  signal,
  tell,
}: OwnServersOptions): Promise<OwnServers> {
  const [api, temporal, ui, clickhouse] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const options: StartOptions = {
    demo: false,
    fresh: false,
    dataDir,
    ports: { api, temporal, ui, clickhouse },
  };
  let context: DemoContext | undefined;
  let started = false;
  const surroundings: Surroundings = {
    env,
    platform: process.platform,
    home: homedir(),
    signal,
    // The launcher goes on to welcome somebody who wants to look around; we have more to do.
    tell: (line) => {
      if (!started) tell(line);
    },
  };
  const parts: LaunchParts = {
    ...PRODUCT_PARTS,
    loadDemoOrganization: (given) => {
      context = given;
      started = true;
      return Promise.resolve({ ouid: '', credentials: [] });
    },
    runDemoJourney: () => Promise.reject(new Error('this start runs no journey of its own')),
  };
  const session = await launch(options, parts, surroundings);
  if (!context) throw new Error('the launcher came to its end without its servers');
  return { context, session };
}

/** Declares the organization of a run; answers its API key. */
export async function declareOwnOrganization(
  { context }: OwnServers,
  settings: (apiKey: string) => OrganizationSettings,
  ouid: string,
): Promise<string> {
  const { temporal, tokenKey } = loadConfig(context.env);
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const client = new Client({ connection, namespace: temporal.namespace });
    const apiKey = demoApiKey(tokenKey);
    await declareOrganization(client, ouid, settings(apiKey));
    return apiKey;
  } finally {
    await connection.close();
  }
}
