import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { StartError } from './start-error';
import { compareVersions } from './temporal/version';

/** What the prerequisites in the README speak of. */
export interface MachineFacts {
  readonly platform: string;
  readonly arch: string;
  /** Of the C library in use; undefined where it is another one (musl) or the system has none. */
  readonly glibc: string | undefined;
  readonly node: string;
  /** Of the machine, or what a container may use of it; MB. */
  readonly memoryMb: number;
  /** Free where the data directory is; MB. */
  readonly diskMb: number;
}

const MIN_NODE = '20.19.0';
// Resident after one demo journey, measured: ClickHouse 312 MB, worker 214, Temporal 147, API 137,
// launcher 101, reaper 43: 954 MB together. As much again for the system and for growth.
const MIN_MEMORY_MB = 2_000;
// A first start's data are 9 MB; the rest is for many journeys and their logs. What a build by Go
// takes (1.4 GB build cache, 1.8 GB modules) lies in Go's own caches, maybe on another disk.
const MIN_DISK_MB = 1_000;

/** @param dataDir an existing directory on the disk in question. */
export function machineFacts(dataDir: string): MachineFacts {
  const constrained = process.constrainedMemory();
  const total = totalmem();
  const { bavail, bsize } = statfsSync(dataDir);
  return {
    platform: process.platform,
    arch: process.arch,
    glibc: glibcVersion(),
    node: process.versions.node,
    // No limit is told as 0 or as a number far beyond any memory.
    memoryMb: toMb(constrained > 0 ? Math.min(constrained, total) : total),
    diskMb: toMb(bavail * bsize),
  };
}

function toMb(bytes: number): number {
  return Math.floor(bytes / 1_048_576);
}

function glibcVersion(): string | undefined {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime;
}

/** Everything that is missing, each in words; empty when all is there. */
export function missingPrerequisites(facts: MachineFacts): string[] {
  const missing: string[] = [];
  if (facts.platform !== 'linux' && facts.platform !== 'darwin') {
    missing.push(`Linux or macOS (this is ${facts.platform})`);
  }
  if (facts.platform === 'linux' && facts.glibc === undefined) {
    missing.push('a Linux with glibc (the embedded ClickHouse has no build for Alpine)');
  }
  if (facts.arch !== 'x64' && facts.arch !== 'arm64') {
    missing.push(`an x64 or arm64 processor (this is ${facts.arch})`);
  }
  if (compareVersions(facts.node, MIN_NODE) < 0) {
    missing.push(`Node ${MIN_NODE} or later (this is ${facts.node})`);
  }
  if (facts.memoryMb < MIN_MEMORY_MB) {
    missing.push(`${MIN_MEMORY_MB} MB of memory (there are ${facts.memoryMb})`);
  }
  if (facts.diskMb < MIN_DISK_MB) {
    missing.push(`${MIN_DISK_MB} MB of free disk (there are ${facts.diskMb})`);
  }
  return missing;
}

/** Checked before anything is downloaded. @throws StartError naming all that is missing. */
export function requirePrerequisites(facts: MachineFacts): void {
  const missing = missingPrerequisites(facts);
  if (missing.length > 0) throw new StartError(`This machine lacks ${missing.join(', ')}.`);
}
