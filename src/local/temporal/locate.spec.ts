import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheRoot } from './cache';
import { locateTemporal, type TemporalInstallers } from './locate';
import { type ToolContext } from './tools';

let home: string;
let lines: string[];
let builds: number;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'vkyc-locate-'));
  lines = [];
  builds = 0;
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

function context(path = ''): ToolContext {
  return {
    env: { PATH: path },
    platform: 'linux',
    home,
    tell: (line) => lines.push(line),
  };
}

function fakeTemporal(directory: string, version: string): string {
  const path = join(directory, 'temporal');
  writeFileSync(path, `#!/bin/sh\necho 'temporal version ${version}'\n`, { mode: 0o755 });
  return path;
}

const installers: TemporalInstallers = {
  download: () => Promise.reject(new Error('no route')),
  build: async (_context, directory) => {
    builds += 1;
    await sleep(300);
    fakeTemporal(directory, '1.5.1');
  },
};

describe('locateTemporal', () => {
  const cached = (): string => join(cacheRoot(context()), 'temporal-1.5.1', 'temporal');

  it('takes the one on the PATH', async () => {
    const path = fakeTemporal(home, '1.6.0 (Server 1.30.0, UI 2.43.0)');
    await expect(locateTemporal(context(home), installers)).resolves.toBe(path);
    expect(lines).toEqual([]);
  });

  it('skips one that is too old with a line, and builds', async () => {
    const path = fakeTemporal(home, '1.4.9 (Server 1.28.0, UI 2.40.0)');
    await expect(locateTemporal(context(home), installers)).resolves.toBe(cached());
    expect(lines[0]).toBe(`${path} is skipped: version 1.4.9 is older than 1.5.1`);
  });

  it('builds once: the next start finds the cache and says nothing', async () => {
    await locateTemporal(context(), installers);
    lines = [];
    await expect(locateTemporal(context(), installers)).resolves.toBe(cached());
    expect({ builds, lines }).toEqual({ builds: 1, lines: [] });
  });

  it('builds once for two starts at the same time; the other waits and says so', async () => {
    const found = await Promise.all([
      locateTemporal(context(), installers),
      locateTemporal(context(), installers),
    ]);
    expect(found).toEqual([cached(), cached()]);
    expect(builds).toBe(1);
    expect(lines.filter((line) => line.includes('waiting for it'))).toHaveLength(1);
    expect(readdirSync(cacheRoot(context()))).toEqual(['temporal-1.5.1']);
  });

  it('leaves nothing behind when the build fails, and names every source', async () => {
    const broken: TemporalInstallers = {
      ...installers,
      build: (_context, directory) => {
        writeFileSync(join(directory, 'temporal'), 'half of it');
        return Promise.reject(new Error('no Go'));
      },
    };
    await expect(locateTemporal(context(), broken)).rejects.toThrow(
      /no `temporal` 1\.5\.1 or later on the PATH, the download failed \(no route\), it cannot be built here \(no Go\)/,
    );
    expect(existsSync(cached())).toBe(false);
    expect(readdirSync(cacheRoot(context()))).toEqual([]);
  });

  it('ends when told to while it waits for another', async () => {
    const stop = new AbortController();
    const first = locateTemporal(context(), installers);
    // Begun at once, either of them may be the one that builds.
    while (builds === 0) await sleep(5);
    const second = locateTemporal({ ...context(), signal: stop.signal }, installers);
    await sleep(50);
    stop.abort(new Error('Ctrl-C'));
    await expect(second).rejects.toThrow();
    await expect(first).resolves.toBe(cached());
  });
});

describe('cacheRoot', () => {
  it.each([
    ['linux', {}, '/somebody/.cache/video-kyc'],
    ['darwin', {}, '/somebody/Library/Caches/video-kyc'],
    ['linux', { XDG_CACHE_HOME: '/var/c' }, '/var/c/video-kyc'],
    ['linux', { XDG_CACHE_HOME: 'relative' }, '/somebody/.cache/video-kyc'],
  ] as const)('on %s with %j is %s', (platform, env, expected) => {
    expect(cacheRoot({ platform, env, home: '/somebody' })).toBe(expected);
  });
});
