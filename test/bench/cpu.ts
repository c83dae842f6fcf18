import { readFileSync } from 'node:fs';

/** Clock ticks a second in /proc: USER_HZ, 100 on every Linux that Node runs on. */
const TICKS = 100;

/**
 * CPU seconds a process has used so far, of all its threads, in user and kernel mode; undefined
 * where there is no /proc. Its children are not included.
 */
export function cpuSeconds(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** Fields 14 and 15 of proc(5) "stat"; the second, the command, may hold blanks and parentheses. */
export function parseStat(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
