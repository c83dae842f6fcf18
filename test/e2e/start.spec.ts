import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, isPortFree, LOOPBACK } from '../../src/local/ports';
import { locateTemporal } from '../../src/local/temporal/locate';
import { Bench, UP } from '../support/launcher';
import { toolContext } from '../support/servers';

/** Issue 3: a stop takes at most so long, and so does the end of children left by SIGKILL. */
const PROMISED_MS = 10_000;

let bench: Bench;
// A first run builds the dev server.
beforeAll(() => locateTemporal(toolContext()), 900_000);
beforeEach(async () => {
  bench = await Bench.create();
});
afterEach(() => bench.close());

async function allPortsFree(): Promise<boolean> {
  const free = await Promise.all([isPortFree(bench.ports.temporal), isPortFree(bench.ports.ui)]);
  return !free.includes(false);
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits as long as promised, then says who is still there. */
async function leftAfter(ms: number): Promise<string[]> {
  const pids = Object.entries(bench.pids());
  const left = async (): Promise<string[]> => [
    ...pids.filter(([, pid]) => isAlive(pid)).map(([name]) => name),
    ...((await allPortsFree()) ? [] : ['temporal']),
  ];
  const deadline = Date.now() + ms;
  while ((await left()).length > 0 && Date.now() < deadline) await sleep(100);
  return left();
}

describe('npm start', () => {
  it('starts all in order, shows the journey, and stops all in reverse order at Ctrl-C', async () => {
    const launcher = bench.start();
    await launcher.printed(UP);
    expect(launcher.output).toContain('A journey from creation to APPROVED: ProfileID p-1');
    expect(launcher.output).toContain(
      `http://${LOOPBACK}:${bench.ports.ui}/namespaces/default/workflows/profile%2Fp-1`,
    );
    expect(launcher.output).toMatch(/API docs +http:\/\/127\.0\.0\.1:\d+\/docs/);
    expect(launcher.output).toMatch(/API key +secret/);
    await expect(launcher.interrupt()).resolves.toBe(0);
    expect(bench.traced().map((line) => line.replace(/ \d+$/, ''))).toEqual([
      'clickhouse started',
      'worker started',
      'api started',
      'api stopped',
      'worker stopped',
      'clickhouse stopped',
    ]);
    await expect(allPortsFree()).resolves.toBe(true);
  });

  it('finds the data of the start before; --fresh begins anew', async () => {
    for (const [args, expected] of [
      [[], 'found no earlier data'],
      [[], 'found earlier data'],
      [['--fresh'], 'found no earlier data'],
    ] as const) {
      const launcher = bench.start(['--no-demo', ...args]);
      await launcher.printed(UP);
      expect(launcher.output).toContain(expected);
      expect(launcher.output).not.toContain('A journey');
      await launcher.interrupt();
    }
  });

  it('killed, leaves no child behind, and the next start works at once', async () => {
    const killed = bench.start(['--no-demo']);
    await killed.printed(UP);
    killed.process.kill('SIGKILL');
    await killed.exited;
    const next = bench.start(['--no-demo']);
    await next.printed(UP);
    expect(next.output).toContain('found earlier data');
    next.process.kill('SIGKILL');
    await next.exited;
    await expect(leftAfter(PROMISED_MS)).resolves.toEqual([]);
  });

  it('stops all when npm above it is killed', async () => {
    const quoted = [process.execPath, ...bench.command(['--no-demo'])].map((one) => `'${one}'`);
    // npm, its `sh -c` and then us; the trailing `:` keeps a shell from replacing itself by us.
    const npm = bench.run('sh', ['-c', `sh -c "$COMMAND"; :`], {
      COMMAND: `true && ${quoted.join(' ')}; :`,
      npm_lifecycle_event: 'start',
    });
    await npm.printed(UP);
    npm.process.kill('SIGKILL');
    await expect(leftAfter(PROMISED_MS)).resolves.toEqual([]);
    expect(bench.traced().slice(-3)).toEqual([
      'api stopped',
      'worker stopped',
      'clickhouse stopped',
    ]);
  });

  it('starts a child again that died', async () => {
    const launcher = bench.start(['--no-demo']);
    await launcher.printed(UP);
    const { worker = 0 } = bench.pids();
    process.kill(worker, 'SIGKILL');
    await launcher.printed('worker is running again');
    expect(launcher.output).toContain('worker ended (SIGKILL); starting it again in 0.5 s');
    expect(bench.pids()['worker']).not.toBe(worker);
  });

  it('says with its exit code that the journey failed, having stopped all', async () => {
    const launcher = bench.start([], { VKYC_TEST_JOURNEY: 'fails' });
    await expect(launcher.exited).resolves.toBe(1);
    expect(launcher.output).toContain('the journey ended as EXPIRED');
    // Not at once: a port of ours may be in the hands of some other connection of the machine.
    await expect(leftAfter(PROMISED_MS)).resolves.toEqual([]);
  });

  it('refuses a data directory that another one uses', async () => {
    const first = bench.start(['--no-demo']);
    await first.printed(UP);
    const second = bench.start();
    await expect(second.exited).resolves.toBe(1);
    expect(second.output).toMatch(/^Another npm start \(process \d+\) runs on \S+: stop it or/);
  });
});

describe('one clear sentence and a non-zero exit', () => {
  it('for a port that is taken', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(bench.ports.clickhouse, LOOPBACK, done));
    const launcher = bench.start();
    await expect(launcher.exited).resolves.toBe(1);
    await new Promise((done) => server.close(done));
    expect(launcher.output).toBe(
      `Port ${bench.ports.clickhouse} for ClickHouse is taken: stop what listens there or choose another with --clickhouse-port.\n`,
    );
  });

  it('for a Temporal server that does not answer', async () => {
    const address = `${LOOPBACK}:${await freePort()}`;
    const launcher = bench.start([], { TEMPORAL_ADDRESS: address });
    await expect(launcher.exited).resolves.toBe(1);
    expect(launcher.output).toMatch(
      new RegExp(
        `^The Temporal server at ${address} \\(TEMPORAL_ADDRESS\\) does not answer: [^\\n]+\\n$`,
      ),
    );
  });

  it('for a ClickHouse server that does not answer', async () => {
    const url = `http://${LOOPBACK}:${await freePort()}`;
    const launcher = bench.start([], { CLICKHOUSE_URL: url });
    await expect(launcher.exited).resolves.toBe(1);
    expect(launcher.output).toContain(
      `The ClickHouse server at ${url} (CLICKHOUSE_URL) does not answer: connect ECONNREFUSED`,
    );
  });

  it('for 100ms without keys, before anything is started', async () => {
    const [, ...flags] = bench.command();
    const start = join(__dirname, '../../src/local/start.ts');
    const env = { VIDEO_PROVIDER: 'hundredms' };
    const launcher = bench.run(process.execPath, [start, ...flags], env);
    await expect(launcher.exited).resolves.toBe(1);
    expect(launcher.output).toBe(
      'The configuration is not usable: HUNDREDMS_TEMPLATES is missing; ' +
        'HUNDREDMS_ACCESS_KEY is missing; HUNDREDMS_APP_SECRET is missing.\n',
    );
  });

  it('for a flag that does not exist', async () => {
    const launcher = bench.start(['--nodemo']);
    await expect(launcher.exited).resolves.toBe(1);
    expect(launcher.output).toMatch(
      /^Unknown option '--nodemo'\. Flags, after `npm start --`: .*\n$/,
    );
  });
});
