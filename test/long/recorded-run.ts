import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecord, type RunRecord } from '../../src/demo/record/record-file';
import { runEntry, type Ended } from './entry';

export interface RecordedRun {
  readonly demo: Ended;
  readonly verify: Ended;
  readonly record: RunRecord;
  /** Both commands as typed, and all they printed. */
  readonly lines: readonly string[];
}

/**
 * `npm run demo -- … --record FILE`, then `npm run verify -- FILE`.
 * @param look at what the run left, before it is deleted
 */
export async function demoAndVerify(
  flags: readonly (string | number)[],
  look: (record: RunRecord) => Promise<void> = () => Promise.resolve(),
): Promise<RecordedRun> {
  const directory = mkdtempSync(join(tmpdir(), 'vkyc-long-'));
  const file = join(directory, 'record.jsonl');
  let dataDir = directory;
  try {
    const demo = await runEntry('demo', [...flags, '--record', file]);
    const record = readRecord(file);
    dataDir = record.run.dataDir;
    const verify = await runEntry('verify', [file]);
    await look(record);
    const lines = [
      `$ npm run demo -- ${flags.join(' ')} --record FILE`,
      ...demo.lines,
      '',
      '$ npm run verify -- FILE',
      ...verify.lines,
    ];
    return { demo, verify, record, lines };
  } finally {
    for (const path of new Set([directory, dataDir])) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
