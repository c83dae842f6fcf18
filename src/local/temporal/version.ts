/**
 * The Temporal CLI we build and test with. Later ones up to 1.8 were not tried; 1.9.1 cannot be
 * installed with `go install` (its nested module is missing from the Go proxy's archive).
 */
export const TEMPORAL_CLI_VERSION = '1.5.1';

/** The server inside that CLI: what decides when a CLI was built without a version of its own. */
export const TEMPORAL_SERVER_VERSION = '1.29.1';

/** What `temporal --version` prints: `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`. */
export interface TemporalVersion {
  readonly cli: string;
  readonly server: string | undefined;
}

/** Undefined when `output` is not from a Temporal CLI. */
export function parseTemporalVersion(output: string): TemporalVersion | undefined {
  const cli = /temporal version (\d+\.\d+\.\d+\S*)/.exec(output)?.[1];
  if (cli === undefined) return undefined;
  return { cli, server: /Server (\d+\.\d+\.\d+)/.exec(output)?.[1] };
}

/** Compares `1.5.1` with `1.10.0` by number; a pre-release (`1.5.1-rc.1`) is older than its release. */
export function compareVersions(a: string, b: string): number {
  const left = split(a);
  const right = split(b);
  for (let i = 0; i < 3; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return Number(right.preRelease) - Number(left.preRelease);
}

function split(version: string): { numbers: number[]; preRelease: boolean } {
  const match = /^[a-z]*(\d+)(?:\.(\d+))?(?:\.(\d+))?(-)?/.exec(version);
  return {
    numbers: [match?.[1], match?.[2], match?.[3]].map((part) => Number(part ?? 0)),
    preRelease: match?.[4] !== undefined,
  };
}

/**
 * New enough for us. A CLI somebody built himself calls itself `0.0.0-DEV` (only release builds
 * carry a version), so its server's version decides.
 */
export function isNewEnough(version: TemporalVersion): boolean {
  if (version.cli.startsWith('0.0.0')) {
    return (
      version.server !== undefined && compareVersions(version.server, TEMPORAL_SERVER_VERSION) >= 0
    );
  }
  return compareVersions(version.cli, TEMPORAL_CLI_VERSION) >= 0;
}
