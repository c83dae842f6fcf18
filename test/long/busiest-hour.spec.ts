import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentileOf } from '../../src/simulate/figures';
import { firstTimesOf, logOf, type FirstTimes } from './answered';
import { runEntry } from './entry';
import { paceOf, type PaceFlag } from './pace';
import { demoAndVerify, type RecordedRun } from './recorded-run';
import { SMALL, writeReport } from './report';
import { tracedDay } from './trace';

const DAY = tracedDay(200);
/** So that two cores keep up; what takes the stack 100 ms is one second of the hour. */
const SPEED = 10;
/**
 * Fewer than the hour needs: a backlog grows, and all wait. With half as many again, the waits of all
 * hang on who is just answered before he gives up: there two simulations whose customers come some
 * seconds earlier or later are often more than 10 % apart themselves.
 */
const AGENTS = SMALL ? 3 : DAY.isReal ? 14 : 18;
const HOUR = [...DAY.flags, '--busiest-hour', '--agents', AGENTS, '--seed', 1];
/** Reviewers with nothing to do are only load. */
const DEMO = [...HOUR, '--speed', SPEED, '--reviewers', 4];

/** Of those who were answered, in seconds of the hour. */
interface Waits {
  readonly p50: number;
  readonly p90: number;
}

let run: RecordedRun;
let real: Waits;
let simulated: Waits;

beforeAll(async () => {
  const began = new Date();
  let seen: FirstTimes = { answered: [], inVain: 0, others: 0 };
  run = await demoAndVerify(DEMO, async (record) => {
    seen = firstTimesOf(await logOf(record.run));
  });
  real = waitsOf(seen.answered.map(({ waitMs }) => (waitMs * SPEED) / 1_000));
  const pace = paceOf(seen.answered, run.record.run.ouid, DEMO);
  const simulation = await simulate(pace);
  simulated = waitsOf(simulation.waits);
  const title = `The busiest hour of a day (${DAY.source}): the real stack and the simulator`;
  writeReport('busiest-hour', title, began, [
    ...run.lines,
    '',
    `Who entered the line, by the log: ${seen.answered.length} answered, ${seen.inVain} called in vain, ${seen.others} neither.`,
    'The simulator takes the same rows with the same seed, so the same people. Of the run it is told, in',
    'seconds of the hour, what a call takes beside the time that the trace tells; nothing of the waits:',
    ...pace.map(({ flag, seconds, means }) => `  ${flag} ${seconds.toFixed(3)}: ${means}`),
    '',
    ...simulation.lines,
    '',
    'Waits of the answered, from queue.entered to queue.left, seconds of the hour:',
    ...(['p50', 'p90'] as const).map(compared),
  ]);
}, 10_800_000);

it('ends every journey as its row says, and leaves no difference', () => {
  expect(run.demo.lines).toContain('Every journey ended as its script says.');
  expect(run.verify.lines.at(-1)).toMatch(/: no difference\.$/);
});

it.each(['p50', 'p90'] as const)('has the %s of the waits that is simulated', (p) => {
  expect(Math.abs(simulated[p] - real[p])).toBeLessThanOrEqual(allowed(real[p]));
});

/** 10 % or 5 seconds, whichever is more. */
function allowed(wait: number): number {
  return Math.max(wait * 0.1, 5);
}

function compared(p: keyof Waits): string {
  const [is, was] = [real[p], simulated[p]];
  const apart = `${Math.abs(was - is).toFixed(1)} apart, at most ${allowed(is).toFixed(1)}`;
  return `  ${p}: ${is.toFixed(1)} in the real stack, ${was.toFixed(1)} simulated: ${apart}`;
}

function waitsOf(seconds: readonly number[]): Waits {
  const [p50, p90] = [0.5, 0.9].map((share) => percentileOf(seconds, share));
  if (p50 === undefined || p90 === undefined) throw new Error('nobody was answered');
  return { p50, p90 };
}

/** `npm run simulate` at this pace, and the waits of the answered, s. */
async function simulate(pace: readonly PaceFlag[]) {
  const given = pace.flatMap(({ flag, seconds }) => [flag, seconds.toFixed(3)]);
  const out = mkdtempSync(join(tmpdir(), 'vkyc-hour-'));
  try {
    const { code, lines } = await runEntry('simulate', [...HOUR, ...given, '--out', out]);
    if (code !== 0) throw new Error(`no simulation: ${lines.join('\n')}`);
    const [head = '', ...rows] = readFileSync(join(out, 'waits.csv'), 'utf8').trimEnd().split('\n');
    const [outcome, wait] = ['outcome', 'wait_s'].map((name) => head.split(',').indexOf(name));
    const waits = rows
      .map((row) => row.split(','))
      .filter((cells) => cells[outcome ?? -1] === 'ANSWERED')
      .map((cells) => Number(cells[wait ?? -1]));
    const command = `$ npm run simulate -- ${[...HOUR, ...given].join(' ')} --out DIR`;
    return { waits, lines: [command, ...lines] };
  } finally {
    rmSync(out, { recursive: true });
  }
}
