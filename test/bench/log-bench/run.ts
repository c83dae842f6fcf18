import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogClient } from '../../../clickhouse/client';
import { migrate } from '../../../clickhouse/migrate';
import type { LogRow } from '../../../src/domain/log-row';
import { generate } from '../../../src/generate/generate-command';
import { PastStore } from '../../../src/generate/store';
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
    const written = await writerFigures(server.url, await someRows(), rounds, say);
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

const about = { organizations: ORGANIZATIONS, ouid: 'past-1', seed: SEED };

async function someRows(): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  const store = {
    add: (made: readonly LogRow[]) => {
      rows.push(...made);
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  };
  await generate(store, { ...about, organizations: 1, events: WRITTEN }, () => undefined);
  return rows;
}

async function fill(url: string, database: string, events: number): Promise<void> {
  const options = { url, database, requestTimeout: REQUEST_MS };
  await migrate(options);
  const client = createLogClient(options);
  const progress = new Progress(process.stdout, events);
  const began = performance.now();
  try {
    let last = 0;
    const made = await generate(new PastStore(client), { ...about, events }, (done) => {
      progress.advance(done - last, `events in ${database}`);
      last = done;
    });
    const seconds = (performance.now() - began) / 1_000;
    progress.line(
      `${database}: ${made} events made in ${Math.round(seconds)} s, ${Math.round(made / seconds)}/s`,
    );
  } finally {
    await client.close();
  }
}
