import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { profileWorkflowId } from '../../workflows/contracts';
import { type BenchStack, startBenchStack } from './bench-stack';
import { deskBench } from './desk-bench/run';
import { figuresOf } from './figures';
import { logBench } from './log-bench/run';
import { eventTypes } from './history';
import { measure, type Sample } from './measure';
import { type BenchOptions, journeysAt, parseOptions, USAGE } from './options';
import { breakdown, cpuTable, jsonLines, Progress, table } from './report';
import { orderOf, type Variant, VARIANTS } from './variants';

const out = process.stdout;

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const options = parseOptions(process.argv.slice(2));
  if (options.bench === 'desk') {
    await deskBench(options);
    process.exit(0);
  }
  if (options.bench === 'log') {
    await logBench(options);
    process.exit(0);
  }
  const interrupted = new Promise<never>((_resolve, reject) => {
    process.once('SIGINT', () => {
      reject(new Error('interrupted'));
    });
  });
  // While the servers start nobody awaits it; afterwards it is awaited.
  interrupted.catch(() => undefined);
  out.write('starting Temporal, ClickHouse and a worker\n');
  const stack = await startBenchStack();
  const samples: Sample[] = [];
  let code = 0;
  try {
    await Promise.race([bench(stack, options, samples), interrupted, stack.broken]);
  } catch (error) {
    tell(error);
    code = 1;
  }
  try {
    // Also of what was measured before it was interrupted.
    await report(stack, options, samples);
  } finally {
    await stack.stop();
  }
  // A journey that failed, or Ctrl-C, leaves others under way: they end with this process.
  process.exit(code);
}

async function bench(stack: BenchStack, options: BenchOptions, samples: Sample[]): Promise<void> {
  const { rounds, atOnce: levels } = options;
  const perRound = levels.reduce((sum, n) => sum + journeysAt(options, n), 0) * VARIANTS.length;
  const progress = new Progress(out, perRound * rounds);
  const lowest = Math.min(...levels);
  // Not measured: what is compiled, cached and connected once.
  for (const variant of VARIANTS) {
    const warmUp = { variant, atOnce: 5, round: -1, journeys: 10, withEvents: false };
    await measure(stack, warmUp, () => undefined);
  }
  for (let round = 0; round < rounds; round++) {
    for (const atOnce of levels) {
      for (const variant of orderOf(round)) {
        const journeys = journeysAt(options, atOnce);
        const what = { variant, atOnce, round, journeys, withEvents: atOnce === lowest };
        const sample = await measure(stack, what, () => {
          progress.journey(`round ${round + 1}, ${variant}, ${atOnce} at once`);
        });
        samples.push(sample);
      }
      const done = samples.slice(-VARIANTS.length);
      progress.line(`round ${round + 1} of ${rounds}, ${atOnce} at once: ${speeds(done)}`);
    }
  }
}

async function report(
  stack: BenchStack,
  { atOnce: levels, json }: BenchOptions,
  samples: readonly Sample[],
): Promise<void> {
  const figures = figuresOf(samples, levels);
  if (figures.length === 0) return;
  out.write(`\n${table(figures)}\n\n${cpuTable(samples, levels)}\n\n`);
  const history = (variant: Variant): ReturnType<typeof eventTypes> => {
    const profileId = samples.find((s) => s.variant === variant)?.lastProfileId ?? '';
    return eventTypes(stack.client, profileWorkflowId(profileId));
  };
  out.write(`${breakdown(await history('product'), await history('floor'))}\n\n`);
  out.write(`${rowsLine(samples)}\n`);
  if (json !== undefined) await writeFile(json, jsonLines(figures));
}

function speeds(samples: readonly Sample[]): string {
  return samples.map((s) => `${s.variant} ${(s.journeys / s.seconds).toFixed(2)}/s`).join(', ');
}

/** Product and naive write the same rows, or the comparison is worth nothing. */
function rowsLine(samples: readonly Sample[]): string {
  const perJourney = (variant: Variant): string => {
    const own = samples.filter((s) => s.variant === variant);
    const sum = (of: (s: Sample) => number): number => own.reduce((all, s) => all + of(s), 0);
    return `${variant} ${(sum((s) => s.rows) / sum((s) => s.journeys)).toFixed(2)}`;
  };
  return `log rows for one journey: ${VARIANTS.map(perJourney).join(', ')}`;
}

function tell(error: unknown): void {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
}

main().catch((error: unknown) => {
  tell(error);
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 1;
});
