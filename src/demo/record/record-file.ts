import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { CommandRecord, EndLine, Recorder, RecordLine, RunLine } from './record-line';

/** Keeps nothing: for a demo that nobody wants to verify. */
export const NO_RECORD: Recorder = { write: () => undefined };

/** One JSON line for each thing an actor was told, in the file when `write` returns. */
export class RecordFile implements Recorder {
  private readonly file: number;

  constructor(readonly path: string) {
    this.file = openSync(path, 'w', 0o600);
  }

  write(line: RecordLine): void {
    writeSync(this.file, `${JSON.stringify(line)}\n`);
  }

  close(): void {
    closeSync(this.file);
  }
}

/** A whole record. */
export interface RunRecord {
  readonly run: RunLine;
  readonly commands: readonly CommandRecord[];
  readonly ends: readonly EndLine[];
}

/** @throws Error in a sentence when the file is none of ours. */
export function readRecord(path: string): RunRecord {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => parseLine(path, line, i + 1));
  const run = lines.find((line) => line.kind === 'run');
  if (!run)
    throw new Error(`${path} does not say which run it is of: it is no record of the demo.`);
  return {
    run,
    commands: lines.filter((l) => l.kind === 'ack' || l.kind === 'refused' || l.kind === 'unknown'),
    ends: lines.filter((l) => l.kind === 'end'),
  };
}

const KINDS: readonly string[] = ['run', 'ack', 'refused', 'unknown', 'end'];

function parseLine(path: string, text: string, number: number): RecordLine {
  try {
    const line = JSON.parse(text) as { readonly kind?: unknown };
    if (typeof line.kind === 'string' && KINDS.includes(line.kind)) return line as RecordLine;
  } catch {
    // Not JSON: said below, like any other line that is not one of ours.
  }
  throw new Error(`${path}: line ${number} is not a line of a demo's record.`);
}
