import { writeFile } from 'node:fs/promises';
import { startBenchStack } from '../bench-stack';
import type { BenchOptions } from '../options';
import { jsonLines, table } from '../report';
import { deskCommands } from './desk-commands';
import { matchCost } from './match-cost';

/** `npm run bench -- desk`: the routing machine by itself, then its workflow on a real server. */
export async function deskBench({ rounds, json }: BenchOptions): Promise<void> {
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const matches = matchCost(rounds, say);
  say('starting Temporal, ClickHouse and a worker');
  const stack = await startBenchStack();
  try {
    const commands = await Promise.race([deskCommands(stack.client, rounds, say), stack.broken]);
    const figures = [...matches, commands];
    say(`\n${table(figures)}`);
    if (json !== undefined) await writeFile(json, jsonLines(figures));
  } finally {
    await stack.stop();
  }
}
