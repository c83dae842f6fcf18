import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChildSpec, readyByMessage } from './child';
import { Supervisor } from './supervisor';

const READY = `process.send({ ready: true, url: 'http://here' });`;
const KEEP = `setInterval(() => {}, 1000);`;

let lines: string[];
let started: ChildProcess[];
let supervisor: Supervisor;
let directory: string;
const logOf = (name: string): string => join(directory, `${name}.log`);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vkyc-supervisor-'));
  lines = [];
  started = [];
  supervisor = new Supervisor({
    tell: (line) => lines.push(line),
    guard: () => () => undefined,
    logOf,
  });
});
afterEach(async () => {
  await supervisor.stop();
  rmSync(directory, { recursive: true });
});

/** A child running `code`; each start is remembered in `started`. */
function child(name: string, code: string, readyMs = 20_000): ChildSpec {
  return {
    name,
    readyMs,
    ready: readyByMessage,
    spawn: () => {
      const one = spawn(process.execPath, ['-e', code], {
        detached: true,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      started.push(one);
      return one;
    },
  };
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await sleep(20);
}

describe('Supervisor', () => {
  it('starts a child and hands on what it said', async () => {
    await expect(supervisor.start(child('api', READY + KEEP))).resolves.toEqual({
      url: 'http://here',
    });
  });

  it('starts a dead child again and says so in one line', async () => {
    await supervisor.start(child('worker', READY + KEEP));
    started[0]?.kill('SIGKILL');
    await until(() => lines.length === 2);
    expect(lines).toEqual([
      'worker ended (SIGKILL); starting it again in 0.5 s',
      'worker is running again',
    ]);
    expect(started).toHaveLength(2);
  });

  it('waits longer each time a child dies before it serves', async () => {
    await supervisor.start(child('worker', READY + 'setTimeout(() => process.exit(3), 50);'));
    await until(() => lines.filter((line) => line.includes('ended')).length === 3);
    expect(lines.filter((line) => line.includes('ended'))).toEqual([
      'worker ended (exit code 3); starting it again in 0.5 s',
      'worker ended (exit code 3); starting it again in 1 s',
      'worker ended (exit code 3); starting it again in 2 s',
    ]);
  });

  it('refuses a first start that fails, naming the child, its end, its last words and its log', async () => {
    writeFileSync(logOf('clickhouse'), 'hello\nthe port is taken\n');
    writeFileSync(logOf('api'), '');
    await expect(supervisor.start(child('clickhouse', 'process.exit(7)'))).rejects.toThrow(
      `clickhouse did not start: exit code 7, "the port is taken" (see ${logOf('clickhouse')}).`,
    );
    await expect(supervisor.start(child('api', KEEP, 300))).rejects.toThrow(
      `api did not start: not ready after 0.3 s (see ${logOf('api')}).`,
    );
    expect(started.map((one) => one.exitCode ?? one.signalCode)).toEqual([7, 'SIGTERM']);
    expect(lines).toEqual([]);
  });

  it('stops the last started first, each only when the one before has ended', async () => {
    const slow = `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 200));`;
    const ends: string[] = [];
    for (const name of ['temporal', 'clickhouse', 'worker']) {
      await supervisor.start(child(name, slow + READY + KEEP));
      started.at(-1)?.once('exit', (code) => ends.push(`${name} ${String(code)}`));
    }
    await supervisor.stop();
    expect(ends).toEqual(['worker 0', 'clickhouse 0', 'temporal 0']);
    expect(lines).toEqual([]);
  });

  it('kills what does not stop, with what that one started', async () => {
    const stubborn = `process.on('SIGTERM', () => {});
      const { pid } = require('node:child_process').spawn('sleep', ['600'], { stdio: 'ignore' });
      process.send({ grandchild: pid });`;
    let grandchild = 0;
    const spec = child('api', stubborn + READY + KEEP);
    await supervisor.start({
      ...spec,
      spawn: () =>
        spec.spawn().once('message', (message: { grandchild: number }) => {
          grandchild = message.grandchild;
        }),
    });
    await supervisor.stop();
    expect(started[0]?.signalCode).toBe('SIGKILL');
    await until(() => !isAlive(grandchild));
    expect(grandchild).toBeGreaterThan(0);
  });

  it('starts nothing again once it stops', async () => {
    await supervisor.start(child('worker', READY + KEEP));
    started[0]?.kill('SIGKILL');
    await until(() => lines.length === 1);
    await supervisor.stop();
    await sleep(700);
    expect(started).toHaveLength(1);
    await expect(supervisor.start(child('api', READY))).rejects.toThrow('interrupted');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
