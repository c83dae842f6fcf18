import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BlobContent } from '../ports/blob-store';

/** Only the user the product runs as may look inside. */
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: DIRECTORY_MODE });
  if (first === undefined) return;
  // A new directory survives a power cut only when its parent's entry is on disk too.
  for (let at = path; at !== dirname(first); at = dirname(at)) await syncDirectory(dirname(at));
}

/** Writes or replaces a file: whole, durable, or not at all. `temporary` is on the same file system. */
export async function replaceFile(
  path: string,
  temporary: string,
  content: BlobContent,
): Promise<void> {
  const temp = await writeTemp(temporary, content);
  try {
    await makeDirectory(dirname(path));
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/**
 * Creates a file unless one is there; `false` when it was. `link` is what makes it both atomic and
 * create-once: `open(path, 'wx')` would show others a half-written file.
 */
export async function createFile(
  path: string,
  temporary: string,
  content: BlobContent,
): Promise<boolean> {
  const temp = await writeTemp(temporary, content);
  try {
    await makeDirectory(dirname(path));
    await link(temp, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(temp, { force: true });
  }
  await syncDirectory(dirname(path));
  return true;
}

/**
 * Whether a caught error is a system error with this code, e.g. `ENOENT`. Not by `instanceof Error`:
 * under jest the errors of node:fs come from another realm.
 */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

async function writeTemp(directory: string, content: BlobContent): Promise<string> {
  const path = join(directory, randomUUID());
  const handle = await open(path, 'wx', FILE_MODE);
  try {
    for await (const part of content) await handle.writeFile(part);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return path;
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
