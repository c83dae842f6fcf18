import { createReadStream, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { quoteString, splitFormat } from './sql';

/** Up to this size a result is read at once: cheaper than four trips to the thread pool. */
const SMALL = 256 * 1024;

/** A result ready to be sent, complete before its first byte is. */
export interface Payload {
  readonly size: number;
  open(): Readable;
  /** Frees it, sent or not. */
  discard(): void;
}

export function payloadOf(bytes: Uint8Array): Payload {
  return {
    size: bytes.length,
    open: () => Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false }),
    discard: () => undefined,
  };
}

/**
 * Where the engine writes the results of SELECTs and from where they are streamed, so that a big
 * one never lies in memory (2 million rows by `query` cost 508 MB) and an error after the first
 * rows still has its status and code, as with `wait_end_of_query` on a real server.
 *
 * The engine's own streaming call is not used: it plans the query, scalar subqueries included, on
 * the event loop (2.2 s for one of them here), and all others would wait.
 */
export class ResultFolder {
  /** Empties the folder: what lies there belongs to a process that was killed. */
  constructor(private readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  newFile(): string {
    return join(this.folder, randomUUID());
  }

  /** The result in `file`, or undefined when the engine wrote none. */
  take(file: string): Payload | undefined {
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) return undefined;
    if (size <= SMALL) {
      const bytes = readFileSync(file);
      this.remove(file);
      return payloadOf(bytes);
    }
    return {
      size,
      open: () => createReadStream(file, { highWaterMark: SMALL }),
      discard: () => {
        this.remove(file);
      },
    };
  }

  remove(file: string): void {
    rmSync(file, { force: true });
  }
}

/** The same query with its result going to `file`. */
export function intoFile(sql: string, defaultFormat: string, file: string): string {
  const { statement, format } = splitFormat(sql);
  // On lines of its own: the statement may end in a comment.
  return `${statement}\nINTO OUTFILE ${quoteString(file)} TRUNCATE FORMAT ${format ?? defaultFormat}`;
}
