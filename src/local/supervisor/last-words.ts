import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const LONGEST = 500;

/** The last line a child printed into its log; empty when it printed none. */
export function lastWords(log: string): string {
  const file = openSync(log, 'r');
  try {
    const buffer = Buffer.alloc(LONGEST);
    const from = Math.max(0, fstatSync(file).size - LONGEST);
    const length = readSync(file, buffer, 0, LONGEST, from);
    return buffer.toString('utf8', 0, length).trim().split('\n').at(-1)?.trim() ?? '';
  } finally {
    closeSync(file);
  }
}
