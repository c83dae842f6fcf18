import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecord, RecordFile } from './record-file';
import type { RecordLine } from './record-line';

const directory = mkdtempSync(join(tmpdir(), 'vkyc-record-'));
const path = join(directory, 'record.jsonl');
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const about = { ouid: 'bank', apiUrl: 'http://api', dataDir: '/data', seed: 1, alone: true };
const run: RecordLine = { kind: 'run', at: 'now', ...about };
const end: RecordLine = {
  kind: 'end',
  at: 'later',
  profileId: 'p',
  outcome: 'approved',
  expected: 'APPROVED',
  status: 'APPROVED',
};

it('reads what was written, line by line as it was told', () => {
  const file = new RecordFile(path);
  file.write(run);
  expect(readRecord(path)).toEqual({ run, commands: [], ends: [] });
  file.write(end);
  file.close();
  expect(readRecord(path)).toEqual({ run, commands: [], ends: [end] });
});

it.each([
  ['', /does not say which run it is of/],
  [JSON.stringify(end), /does not say which run it is of/],
  [`${JSON.stringify(run)}\n{"kind":"ack","seq":`, /line 2 is not a line of a demo's record/],
  [`${JSON.stringify(run)}\n{"kind":"other"}`, /line 2 is not/],
])('says what is wrong with a file that holds %j', (text, sentence) => {
  writeFileSync(path, text);
  expect(() => readRecord(path)).toThrow(sentence);
});
