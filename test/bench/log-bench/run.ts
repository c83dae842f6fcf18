import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../../clickhouse/migrate';
import type { LogRow } from '../../../src/domain/log-row';
import { plansOf } from '../../../src/generate/generate-command';
import { organizationOf } from '../../../src/generate/organization';
import { generateInParallel } from '../../../src/generate/parallel';
import { World } from '../../../src/generate/world';
import { startClickHouseServer } from '../../../src/local/clickhouse-server/spawn';
import type { BenchOptions } from '../options';
import { jsonLines, Progress, table } from '../report';
import { insightFigures, timeInsights } from './insights';
import { writerFigures } from './writer';

const ORGANIZATIONS = 3;
const SEED = 1;
const WRITTEN = 20_000;
const REQUEST_MS = 120_000;

/** `npm run bench -- log`: the writer, then every insight on a made-up past and on a tenth of it. */
export async function logBench({ rounds, events, json }: BenchOptions): Promise<void> {
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const dataDir = await mkdtemp(join(tmpdir(), 'vkyc-bench-log-'));
  const server = await startClickHouseServer({ dataDir });
  try {
    const written = await writerFigures(server.url, someRows(), rounds, say);
    await fill(server.url, 'tenth', Math.ceil(events / 10));
    const small = await timeInsights(server.url, 'tenth', rounds, say);
    await fill(server.url, 'whole', events);
    const large = await timeInsights(server.url, 'whole', rounds, say);
    const figures = [...written, ...insightFigures(large, small)];
    say(`\n${table(figures)}`);
    if (json !== undefined) await writeFile(json, jsonLines(figures));
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

const about = { organizations: ORGANIZATIONS, ouid: 'past-1' };

function someRows(): LogRow[] {
  return plansOf({ ...about, organizations: 1, events: WRITTEN }).flatMap((plan) =>
    [...new World(plan, organizationOf(plan), SEED).run()].flat(),
  );
}

async function fill(url: string, database: string, events: number): Promise<void> {
  const options = { url, database, requestTimeout: REQUEST_MS };
  await migrate(options);
  const progress = new Progress(process.stdout, events);
  const began = performance.now();
  let last = 0;
  const plans = plansOf({ ...about, events });
  const made = await generateInParallel(options, plans, SEED, (done) => {
    progress.advance(done - last, `events in ${database}`);
    last = done;
  });
  const seconds = (performance.now() - began) / 1_000;
  const speed = `${Math.round(seconds)} s, ${Math.round(made / seconds)}/s`;
  progress.line(`${database}: ${made} events made in ${speed}`);
}
