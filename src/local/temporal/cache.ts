import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireLock } from '../file-lock';
import { codeOf } from '../start-error';
import { type ToolContext } from './tools';

/**
 * Where built and downloaded servers stay between checkouts: `$XDG_CACHE_HOME/video-kyc`, else
 * `~/Library/Caches/video-kyc` on macOS and `~/.cache/video-kyc` elsewhere.
 */
export function cacheRoot(context: Pick<ToolContext, 'env' | 'platform' | 'home'>): string {
  const xdg = context.env['XDG_CACHE_HOME'];
  // The XDG base directory specification has relative paths ignored.
  if (xdg?.startsWith('/')) return join(xdg, 'video-kyc');
  return context.platform === 'darwin'
    ? join(context.home, 'Library', 'Caches', 'video-kyc')
    : join(context.home, '.cache', 'video-kyc');
}

export interface CacheEntry {
  /** Name and version, e.g. `temporal-1.5.1`: a new version is a new entry. */
  readonly name: string;
  /** The file inside the entry that is executed. */
  readonly file: string;
}

/** The entry's executable, or undefined while it is not installed. */
export function findCached(context: ToolContext, entry: CacheEntry): string | undefined {
  const path = join(cacheRoot(context), entry.name, entry.file);
  return existsSync(path) ? path : undefined;
}

/**
 * The entry's executable, installed first if it is not there. `install` gets an empty directory of
 * its own, which becomes the entry by one rename: nobody ever sees half of it, and whoever dies in
 * the middle leaves only rubbish behind. Of several processes one installs and the others wait.
 */
export async function installOnce(
  context: ToolContext,
  entry: CacheEntry,
  install: (directory: string) => Promise<void>,
): Promise<string> {
  const root = cacheRoot(context);
  await mkdir(root, { recursive: true });
  const lock = await acquireLock(join(root, `${entry.name}.lock`), {
    onBusy: (pid) => {
      context.tell(`${entry.name} is being installed by process ${pid}; waiting for it`);
    },
    signal: context.signal,
  });
  try {
    const cached = findCached(context, entry);
    if (cached !== undefined) return cached;
    const temporary = await mkdtemp(join(root, `.${entry.name}-`));
    try {
      await install(temporary);
      await moveInto(temporary, join(root, entry.name));
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
  const installed = findCached(context, entry);
  if (installed === undefined) throw new Error(`${entry.name} was installed without ${entry.file}`);
  return installed;
}

async function moveInto(temporary: string, target: string): Promise<void> {
  try {
    await rename(temporary, target);
  } catch (error) {
    // Another process was first (see file-lock.ts): its copy is as good as ours.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  }
}
