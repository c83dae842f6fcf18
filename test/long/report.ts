import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const REPORTS = join(ROOT, 'docs', 'reports');

/** `VKYC_LONG=small` tries the long tests out with small numbers; that leaves no report. */
export const SMALL = process.env['VKYC_LONG'] === 'small';

/** Writes docs/reports/<name>.md; nothing in it tells of the machine but how many cores it has. */
export function writeReport(
  name: string,
  title: string,
  began: Date,
  lines: readonly string[],
): void {
  if (SMALL) return;
  const minutes = ((Date.now() - began.getTime()) / 60_000).toFixed(1);
  const text = [
    `# ${title}`,
    '',
    `Written by \`npm run test:long\` on ${began.toISOString().slice(0, 10)}: commit ${commit()}, Node ${process.version}, ${availableParallelism()} cores, ${minutes} min.`,
    '',
    '```text',
    ...lines.filter((line) => !isProgress(line)).map(withoutPaths),
    '```',
    '',
  ];
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(join(REPORTS, `${name}.md`), text.join('\n'));
}

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  // The reports of this very run are no change of what was run.
  const changed = git('status', '--porcelain', '--', '.', ':!docs/reports') !== '';
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' with changes' : ''}`;
}

function isProgress(line: string): boolean {
  return /^\d+ of \d+ journeys ended/.test(line);
}

function withoutPaths(line: string): string {
  const trace = process.env['VKYC_TRACE'] ?? '';
  return [ROOT, dirname(ROOT), tmpdir(), ...(trace === '' ? [] : [dirname(resolve(trace))])]
    .reduce(
      (text, path) => text.replaceAll(new RegExp(`${escaped(path)}/[^\\s:]+`, 'g'), '…'),
      line,
    )
    .trimEnd();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
