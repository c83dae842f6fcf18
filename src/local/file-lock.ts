import {
  closeSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './start-error';

/** The holder touches its lock this often. */
const BEAT_MS = 2_000;
/** A lock that nobody touched for so long while we watched has no holder, whatever its pid says. */
const SILENT_MS = 15_000;

export interface Lock {
  release(): void;
  /** True when a dead holder's lock was taken over. */
  readonly takenOver: boolean;
}

export interface LockOptions {
  /** Called once, with the living holder's pid, before waiting; throw here to refuse instead. */
  readonly onBusy: (pid: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One holder per path, also across processes. A holder that died is noticed at once by its pid; a
 * pid that was given to somebody else meanwhile, or that belongs to another container, is noticed
 * by the lock no longer being touched.
 *
 * Two takers of one dead lock can, in a window of microseconds, both come to hold it. What stands
 * behind the cache's lock bears that (it installs by atomic rename); on a data directory it needs
 * two starts in the same instant after a crash, and then the servers' own locks refuse.
 */
export async function acquireLock(path: string, options: LockOptions): Promise<Lock> {
  const content = `${process.pid} ${randomUUID()}\n`;
  let takenOver = false;
  let told = false;
  let watched = { beat: -1, since: 0 };
  for (;;) {
    options.signal?.throwIfAborted();
    if (tryCreate(path, content)) return hold(path, content, takenOver);
    const found = look(path);
    if (found === undefined) continue; // released between our two looks
    if (found.beat !== watched.beat) watched = { beat: found.beat, since: Date.now() };
    if (!isAlive(found.pid) || Date.now() - watched.since > SILENT_MS) {
      remove(path, found.content);
      takenOver = true;
      continue;
    }
    if (!told) {
      told = true;
      options.onBusy(found.pid);
    }
    await sleep(200, undefined, { signal: options.signal });
  }
}

function tryCreate(path: string, content: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, content);
    closeSync(file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function look(path: string): { pid: number; content: string; beat: number } | undefined {
  try {
    const content = readFileSync(path, 'utf8');
    return { pid: Number.parseInt(content, 10), content, beat: statSync(path).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes the lock only while it still is the one we looked at. */
function remove(path: string, content: string): void {
  if (look(path)?.content !== content) return;
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function hold(path: string, content: string, takenOver: boolean): Lock {
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch (error) {
      // Somebody deleted the directory under us: there is nothing left to guard.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }, BEAT_MS);
  beat.unref();
  return {
    takenOver,
    release() {
      clearInterval(beat);
      remove(path, content);
    },
  };
}

/** NaN (a lock being written this instant) counts as alive. */
function isAlive(pid: number): boolean {
  if (Number.isNaN(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
