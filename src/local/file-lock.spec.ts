import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLock } from './file-lock';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vkyc-lock-'));
  path = join(directory, 'lock');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const refuse = (pid: number): never => {
  throw new Error(`busy: ${pid}`);
};

describe('acquireLock', () => {
  it('has one holder; released, it is free again', async () => {
    const lock = await acquireLock(path, { onBusy: refuse });
    await expect(acquireLock(path, { onBusy: refuse })).rejects.toThrow(`busy: ${process.pid}`);
    lock.release();
    expect(existsSync(path)).toBe(false);
    const again = await acquireLock(path, { onBusy: refuse });
    expect(again.takenOver).toBe(false);
    again.release();
  });

  it('is taken over at once from a dead process', async () => {
    const { pid } = spawnSync('true');
    writeFileSync(path, `${pid} gone\n`);
    const lock = await acquireLock(path, { onBusy: refuse });
    expect(lock.takenOver).toBe(true);
    lock.release();
  });

  it('makes the second wait until the first is done', async () => {
    const order: string[] = [];
    const first = await acquireLock(path, { onBusy: refuse });
    const second = acquireLock(path, { onBusy: () => order.push('waiting') }).then((lock) => {
      order.push('got it');
      return lock;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    order.push('released');
    first.release();
    (await second).release();
    expect(order).toEqual(['waiting', 'released', 'got it']);
  });
});
