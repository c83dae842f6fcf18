import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terminal } from '../demo/run/terminal';
import { COLUMNS } from '../demo/trace/call';
import { simulateCommand } from './run-simulate';

let dir: string;
let said: string;
const terminal = new Terminal({
  write: (text: string) => ((said += text), true),
} as unknown as NodeJS.WriteStream);
const { signal } = new AbortController();
const run = (...args: string[]) => simulateCommand(args, { terminal, signal });

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'simulate-'));
  said = '';
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

it('writes waits, figures and plots, and tells the figures', async () => {
  const out = join(dir, 'new', 'out');
  expect(await run('--profiles', '120', '--agents', '2', '--out', out)).toBe(0);
  expect(readdirSync(out).sort()).toEqual([
    'line-length.svg',
    'occupancy.svg',
    'summary.csv',
    'waits.csv',
    'waits.svg',
  ]);
  const waits = readFileSync(join(out, 'waits.csv'), 'utf8').trimEnd().split('\n');
  expect(waits[0]).toBe('arrival,queue,language,skill,outcome,wait_s,estimate_s,agent');
  expect(waits).toHaveLength(121);
  expect(readFileSync(join(out, 'summary.csv'), 'utf8')).toMatch(
    /^figure,queue,value,unit\nentered the line,all,\d+,customers\n/,
  );
  for (const name of ['line-length.svg', 'waits.svg', 'occupancy.svg']) {
    const svg = readFileSync(join(out, name), 'utf8');
    expect(svg).toMatch(/^<svg [^]*time of day[^]*<\/svg>\n$/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
  expect(said).toMatch(/^120 rows of generated, agents: 2, seed: 1, /);
  expect(said).toMatch(/ {2}all +English +Hindi\nentered the line /);
});

it('takes a file, its agents, and a day of which nobody entered the line', async () => {
  const trace = join(dir, 'day.csv');
  const row = 'A,1,PS,9:00:10,9:00:20,10,0:00:00,0:00:00,0,HANG,0:00:00,0:00:00,0,NO_SERVER';
  writeFileSync(trace, `${COLUMNS.join(',')}\n${row}\n`);
  await run('--trace', trace, '--out', dir);
  expect(said).toContain('agents: 1, seed: 1, 09:00:10 to 09:00:20');
  expect(said).toMatch(/wait of the answered, p50 +– +– +–\n/);
  expect(readFileSync(join(dir, 'waits.svg'), 'utf8')).not.toMatch(/NaN|undefined|Infinity/);
});

it('says in a sentence what it cannot do', async () => {
  await expect(run('--trace', '/nowhere/day.csv')).rejects.toThrow(
    '/nowhere/day.csv cannot be read: ENOENT',
  );
  await expect(run('--accept-seconds', '15')).rejects.toThrow(
    '--accept-seconds takes less than the 15 seconds that an offer lasts, not 15.',
  );
});

it('ends when it is told to', async () => {
  const stop = AbortSignal.abort(new Error('interrupted'));
  await expect(simulateCommand(['--agents', '3'], { terminal, signal: stop })).rejects.toThrow(
    'interrupted',
  );
});
