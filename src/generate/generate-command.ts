import { resolve } from 'node:path';
import { createLogClient, type LogClientOptions } from '../../clickhouse/client';
import { migrate } from '../../clickhouse/migrate';
import type { CommandSurroundings } from '../demo/run-command';
import { startClickHouseServer } from '../local/clickhouse-server/spawn';
import { openDataDir } from '../local/data-dir';
import { messageOf, StartError } from '../local/start-error';
import { parseGenerateOptions, type GenerateOptions } from './options';
import { organizationOf } from './organization';
import { pastPlans } from './plan';
import { PastStore } from './store';
import { World } from './world';

/** An insert of ten thousand rows may take its time on a machine that does more. */
const REQUEST_MS = 120_000;

/** `npm run generate`: a plausible past of several organizations, into the log. */
export async function generateCommand(
  args: readonly string[],
  surroundings: CommandSurroundings,
): Promise<number> {
  const options = parseGenerateOptions(args);
  if (options.url !== '') {
    const { CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password } = surroundings.env;
    const given = {
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
    };
    await generateInto(
      { url: options.url, database: options.database, ...given },
      options,
      surroundings,
    );
    return 0;
  }
  const dataDir = await openDataDir(resolve(options.dataDir), false);
  try {
    const server = await startClickHouseServer({ dataDir: dataDir.directory('clickhouse') });
    try {
      const { url } = server;
      await generateInto({ url, database: options.database }, options, surroundings);
    } finally {
      await server.stop();
    }
  } finally {
    dataDir.release();
  }
  return 0;
}

async function generateInto(
  log: LogClientOptions,
  options: GenerateOptions,
  { terminal, signal }: Pick<CommandSurroundings, 'terminal' | 'signal'>,
): Promise<void> {
  const access = { ...log, requestTimeout: REQUEST_MS };
  await prepare(access);
  const client = createLogClient(access);
  try {
    const began = performance.now();
    const made = await generate(new PastStore(client), options, (done) => {
      signal.throwIfAborted();
      terminal.bar(done, options.events, 'events');
    });
    terminal.endProgress();
    const seconds = (performance.now() - began) / 1_000;
    const speed = `${seconds.toFixed(1)} s, ${Math.round(made / seconds)} events/s`;
    terminal.line(`${made} events of ${ouidsOf(options).join(', ')}: ${speed}`);
  } finally {
    terminal.endProgress();
    await client.close();
  }
}

async function prepare(log: LogClientOptions): Promise<void> {
  try {
    await migrate(log);
  } catch (error) {
    throw new StartError(`The log at ${log.url} cannot be used: ${messageOf(error)}.`);
  }
}

export function ouidsOf({
  organizations,
  ouid,
}: Pick<GenerateOptions, 'organizations' | 'ouid'>): string[] {
  return Array.from({ length: organizations }, (_, i) => (i === 0 ? ouid : `past-${i + 1}`));
}

/** Makes the past of every organization; `told`: how many events there are by now. @returns how many */
export async function generate(
  store: Pick<PastStore, 'add' | 'end'>,
  options: Pick<GenerateOptions, 'events' | 'organizations' | 'ouid' | 'seed'>,
  told: (done: number) => void,
): Promise<number> {
  let made = 0;
  for (const plan of pastPlans(options.events, ouidsOf(options), Date.now())) {
    for (const rows of new World(plan, organizationOf(plan), options.seed).run()) {
      await store.add(rows);
      made += rows.length;
      told(made);
    }
  }
  await store.end();
  return made;
}
