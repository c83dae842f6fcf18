import { resolve } from 'node:path';
import type { LogClientOptions } from '../../clickhouse/client';
import { migrate } from '../../clickhouse/migrate';
import type { CommandSurroundings } from '../demo/run-command';
import { startClickHouseServer } from '../local/clickhouse-server/spawn';
import { openDataDir } from '../local/data-dir';
import { messageOf, StartError } from '../local/start-error';
import { parseGenerateOptions, type GenerateOptions } from './options';
import { generateInParallel } from './parallel';
import { pastPlans, type PastPlan } from './plan';

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
  try {
    const began = performance.now();
    const made = await generateInParallel(access, plansOf(options), options.seed, (done) => {
      signal.throwIfAborted();
      terminal.bar(done, options.events, 'events');
    });
    terminal.endProgress();
    const seconds = (performance.now() - began) / 1_000;
    const speed = `${seconds.toFixed(1)} s, ${Math.round(made / seconds)} events/s`;
    terminal.line(`${made} events of ${ouidsOf(options).join(', ')}: ${speed}`);
  } finally {
    terminal.endProgress();
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

export function plansOf(
  options: Pick<GenerateOptions, 'events' | 'organizations' | 'ouid'>,
): readonly PastPlan[] {
  return pastPlans(options.events, ouidsOf(options), Date.now());
}
