import { mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acquireLock, type Lock } from './file-lock';
import { codeOf, messageOf, StartError } from './start-error';

/** Says that a directory was made by us: only such a one is ever deleted from. */
const MARKER = '.video-kyc';
const LOCK = 'lock';
/** A log beyond this is begun anew at the next start. */
const MAX_LOG_BYTES = 10_000_000;

/** Where everything `npm start` keeps lies; one launcher at a time. */
export interface DataDir {
  readonly path: string;
  /** The last launcher here was killed: its children may need some seconds to be gone. */
  readonly afterCrash: boolean;
  /** The path of a subdirectory, created. */
  directory(name: string): string;
  logFile(child: string): string;
  /** A descriptor to append to that log; the children keep it, whatever becomes of us. */
  openLog(child: string): number;
  release(): void;
}

/**
 * Creates the directory if need be and locks it.
 * @param fresh deletes all that earlier starts left in it.
 * @throws StartError when it is somebody else's, or another `npm start` runs on it.
 */
export async function openDataDir(path: string, fresh: boolean): Promise<DataDir> {
  create(path);
  const entries = readdirSync(path);
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new StartError(
      `${path} is not empty and was not made by npm start: choose another with --data-dir.`,
    );
  }
  writeFileSync(
    join(path, MARKER),
    'The data of `npm start`; `npm start -- --fresh` deletes it.\n',
  );
  const lock = await acquireLock(join(path, LOCK), {
    onBusy: (pid) => {
      throw new StartError(
        `Another npm start (process ${pid}) runs on ${path}: stop it or choose another with --data-dir.`,
      );
    },
  });
  if (fresh) {
    for (const entry of readdirSync(path)) {
      if (entry !== MARKER && entry !== LOCK) rmSync(join(path, entry), { recursive: true });
    }
  }
  return opened(path, lock);
}

function opened(path: string, lock: Lock): DataDir {
  const directory = (name: string): string => {
    mkdirSync(join(path, name), { recursive: true, mode: 0o700 });
    return join(path, name);
  };
  const logFile = (child: string): string => join(directory('logs'), `${child}.log`);
  return {
    path,
    afterCrash: lock.takenOver,
    directory,
    logFile,
    openLog: (child) => openSync(logFile(child), isTooLong(logFile(child)) ? 'w' : 'a', 0o600),
    release: () => {
      lock.release();
    },
  };
}

function create(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(`${path} cannot be used for the data: ${messageOf(error)}.`);
  }
}

function isTooLong(file: string): boolean {
  try {
    return statSync(file).size > MAX_LOG_BYTES;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
