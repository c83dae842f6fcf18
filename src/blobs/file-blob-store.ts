import { access, chmod, open, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import {
  BlobKeyError,
  BlobNotFound,
  type BlobContent,
  type BlobKey,
  type BlobStore,
  type BlobStream,
} from '../ports/blob-store';
import { createFile, hasCode, makeDirectory, replaceFile } from './atomic-file';

/** Longer than any upload may take (the API cuts connections after minutes). */
const STALE_AFTER_MS = 24 * 60 * 60 * 1000;
/** One read ahead; the cipher works in blocks of the same size. */
const READ_BYTES = 64 * 1024;
/** A dot cannot begin an OUID, so no key can reach this folder. */
const TEMPORARY = '.tmp';

/**
 * The blob store of one machine: `<root>/<OUID>/<ProfileID>/<name>`, directories 0700, files 0600.
 * Needs a file system with hard links (ext4, xfs, apfs; not exFAT), which create-once rests on.
 */
export class FileBlobStore implements BlobStore {
  private readonly temporary: string;

  private constructor(private readonly root: string) {
    this.temporary = join(root, TEMPORARY);
  }

  /** Makes the directory when missing and removes what a killed process left half-written. */
  static async open(directory: string): Promise<FileBlobStore> {
    const store = new FileBlobStore(resolve(directory));
    await makeDirectory(store.temporary);
    await chmod(store.root, 0o700);
    await store.removeStale();
    return store;
  }

  async put(key: BlobKey, content: BlobContent): Promise<void> {
    await replaceFile(this.path(key), this.temporary, content);
  }

  async create(key: BlobKey, content: BlobContent): Promise<boolean> {
    return createFile(this.path(key), this.temporary, content);
  }

  async get(key: BlobKey): Promise<BlobStream> {
    try {
      const handle = await open(this.path(key), 'r');
      return handle.createReadStream({ highWaterMark: READ_BYTES });
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new BlobNotFound(key);
      throw error;
    }
  }

  async exists(key: BlobKey): Promise<boolean> {
    try {
      await access(this.path(key));
      return true;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return false;
      throw error;
    }
  }

  async delete(key: BlobKey): Promise<void> {
    await rm(this.path(key), { force: true });
  }

  private path(key: BlobKey): string {
    const path = resolve(this.root, key);
    // blobKey() has refused such keys already; a store must not rest on its callers alone.
    if (!path.startsWith(this.root + sep)) throw new BlobKeyError('the key leaves the store');
    return path;
  }

  private async removeStale(): Promise<void> {
    const before = Date.now() - STALE_AFTER_MS;
    for (const name of await readdir(this.temporary)) {
      const path = join(this.temporary, name);
      try {
        if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
      } catch (error) {
        // Another process finished or removed it meanwhile.
        if (!hasCode(error, 'ENOENT')) throw error;
      }
    }
  }
}
