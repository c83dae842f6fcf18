import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataDir } from './data-dir';
import { loadSecrets } from './secrets';

let top: string;
let path: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'vkyc-data-'));
  path = join(top, 'data');
});
afterEach(() => {
  rmSync(top, { recursive: true });
});

describe('openDataDir', () => {
  it('keeps what was there; with fresh it is gone', async () => {
    const first = await openDataDir(path, false);
    writeFileSync(join(first.directory('blobs'), 'one'), 'x');
    first.release();
    const second = await openDataDir(path, false);
    expect(existsSync(join(path, 'blobs', 'one'))).toBe(true);
    second.release();
    const third = await openDataDir(path, true);
    expect(existsSync(join(path, 'blobs'))).toBe(false);
    third.release();
  });

  it('touches nothing in a directory that is not ours, fresh or not', async () => {
    writeFileSync(join(top, 'thesis.txt'), 'years of work');
    for (const fresh of [false, true]) {
      await expect(openDataDir(top, fresh)).rejects.toThrow(/was not made by npm start/);
    }
    expect(existsSync(join(top, 'thesis.txt'))).toBe(true);
  });

  it('deletes nothing under a running launcher', async () => {
    const running = await openDataDir(path, false);
    running.directory('blobs');
    await expect(openDataDir(path, true)).rejects.toThrow(`process ${process.pid}`);
    expect(existsSync(join(path, 'blobs'))).toBe(true);
    running.release();
  });

  it('says when the directory cannot be made', async () => {
    writeFileSync(path, 'a file');
    await expect(openDataDir(join(path, 'data'), false)).rejects.toThrow(/cannot be used/);
  });
});

describe('loadSecrets', () => {
  it('makes them once, for the owner only', () => {
    const secrets = loadSecrets(top);
    expect(loadSecrets(top)).toEqual(secrets);
    expect(new Set(Object.values(secrets)).size).toBe(3);
    expect(Buffer.from(secrets.masterKey, 'base64')).toHaveLength(32);
    expect(statSync(join(top, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{}', '{"masterKey":"c2hvcnQ="}', 'null'])(
    'never replaces damaged ones: %s',
    (text) => {
      writeFileSync(join(top, 'secrets.json'), text);
      expect(() => loadSecrets(top)).toThrow(/secrets\.json is damaged .* begin anew with --fresh/);
    },
  );
});
