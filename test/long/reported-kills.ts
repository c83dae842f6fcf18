import type { Config } from '../../src/config';
import { totals, type Findings } from '../chaos/findings';
import { runKills, type KillRun, type KillRunOptions } from '../chaos/kill-run';
import { writeReport } from './report';

interface Reported<T> {
  /** Of docs/reports. */
  readonly name: string;
  readonly title: string;
  readonly look: (config: Config) => Promise<T>;
  readonly findings: Findings<T>;
  /** What was seen, in numbers. */
  readonly sum: (seen: T) => string;
}

/** A run with kills; its report has each of them, and what speaks against what must hold. */
export async function reportedKills<T>(
  options: Omit<KillRunOptions, 'say'>,
  { name, title, look, findings, sum }: Reported<T>,
): Promise<KillRun<T>> {
  const began = new Date();
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
    process.stderr.write(`${line}\n`);
  };
  const run = await runKills({ ...options, say }, look);
  const wrong = Object.values(findings).flatMap((find) => find(run));
  writeReport(name, title, began, [...lines, '', ...wrong, totals(run), sum(run.seen)]);
  return run;
}
