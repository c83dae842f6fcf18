import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import type { CommandSurroundings } from '../demo/run-command';
import { dayOf } from '../demo/trace/day';
import { readTrace } from '../demo/trace/read';
import { messageOf, StartError } from '../local/start-error';
import { summaryCsv, timeOfDay, waitsCsv } from './csv';
import { customersOf } from './customers';
import type { Progress, SimulatedDay } from './day';
import { parseSimulateOptions, type SimulateOptions } from './options';
import { demoOrganization, shortestOfferMs } from './organization';
import { plotsOf } from './plots';
import { reportOf } from './report';
import { tableLines } from './table';
import { simulateDay } from './world';

/** `npm run simulate`: what the desk would make of a day of arrivals with so many agents. */
export async function simulateCommand(
  args: readonly string[],
  { terminal, signal }: Pick<CommandSurroundings, 'terminal' | 'signal'>,
): Promise<number> {
  const options = parseSimulateOptions(args);
  const calls = readTrace(options);
  const { seed } = options;
  const agents = options.agents ?? dayOf(calls, { seed, run: '0', speed: 1 }).agents;
  const organization = demoOrganization(agents, options.queueMs);
  checkAcceptance(options, shortestOfferMs(organization.policy));
  const { queues } = organization.policy;
  const customers = customersOf(calls, options);
  const day = await played(simulateDay(organization, customers, options), customers.length, signal);
  const scopes = reportOf(day, queues, options.serviceLevelMs);
  const asked = `${customers.length} rows of ${options.trace}, agents: ${agents}, seed: ${seed}`;
  const about = [`${asked}, ${timeOfDay(day.from)} to ${timeOfDay(day.to)}`, ''];
  for (const line of [...about, ...tableLines(scopes), '', ...NOTES]) terminal.line(line);
  if (options.out === '') return 0;
  const out = resolve(options.out);
  write(out, {
    'waits.csv': waitsCsv(day.ended),
    'summary.csv': summaryCsv(scopes),
    ...plotsOf(day, queues),
  });
  terminal.line(`\nWritten to ${out}.`);
  return 0;
}

const NOTES = [
  'Answered within: answered so soon / all who entered the line (answered, called in vain, abandoned, expired).',
  'Abandonment: abandoned / entered the line. A wait ends when an agent accepts.',
  'Called in vain: they had gone without telling; each takes an agent’s time twice.',
  'Occupancy: busy or in wrap-up / at work, all agents from the first arrival to the last call’s end;',
  'a queue’s is the part of all agents’ time that went to it.',
  'Estimate: shown on entering the line, against the wait of the answered; error = shown − waited.',
  'Only who gave up on the trace’s own day has an end to his patience; everybody else waits on.',
];

/** Agents who are always too slow would be set away one after the other, and the day never end well. */
function checkAcceptance({ acceptMs }: SimulateOptions, offerMs: number): void {
  if (acceptMs < offerMs) return;
  throw new StartError(
    `--accept-seconds takes less than the ${offerMs / 1_000} seconds that an offer lasts, not ${acceptMs / 1_000}.`,
  );
}

/** Long days tell how far they are, and Ctrl-C ends them. */
async function played(
  day: Generator<Progress, SimulatedDay, undefined>,
  total: number,
  signal: AbortSignal,
): Promise<SimulatedDay> {
  for (;;) {
    const step = day.next();
    if (step.done === true) return step.value;
    const { at, done, waiting } = step.value;
    process.stderr.write(`${timeOfDay(at)}  ${done} of ${total} done, ${waiting} in line\n`);
    await breathe();
    signal.throwIfAborted();
  }
}

function write(out: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(out, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
  } catch (error) {
    throw new StartError(`${out} cannot be written: ${messageOf(error)}.`);
  }
}
