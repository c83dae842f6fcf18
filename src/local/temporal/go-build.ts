import { basename } from 'node:path';
import { StartError } from '../start-error';
import { runTool, SOURCE_LIMIT_MS, type ToolContext, which } from './tools';
import { compareVersions, TEMPORAL_CLI_VERSION } from './version';

/** What the CLI's own `go.mod` asks for. */
const MIN_GO = '1.25';
/** Where the official Go package installs; often on nobody's PATH. */
const GO_FOLDERS = ['/usr/local/go/bin'];
const TELL_EVERY_MS = 15_000;

/** Go with its version, or why there is none that would do. */
export async function findGo(context: ToolContext): Promise<{ path: string; version: string }> {
  const path = which(context, 'go', GO_FOLDERS);
  if (path === undefined) throw new StartError(`no Go (${MIN_GO} or later is needed to build it)`);
  const output = await runTool(context, {
    command: path,
    args: ['version'],
    limitMs: SOURCE_LIMIT_MS,
  });
  const version = /go(\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1] ?? '0';
  if (compareVersions(version, MIN_GO) < 0) {
    throw new StartError(`Go at ${path} is ${version}, ${MIN_GO} or later is needed to build it`);
  }
  return { path, version };
}

/**
 * Builds the Temporal CLI with `go install` into `directory` (2 to 5 minutes on 2 cores the first
 * time: some 1,500 packages), saying every quarter of a minute how far it is.
 */
export async function buildTemporal(context: ToolContext, directory: string): Promise<void> {
  const go = await findGo(context);
  context.tell(
    `building Temporal ${TEMPORAL_CLI_VERSION} with Go ${go.version}, once for this machine: 2 to 5 minutes on 2 cores`,
  );
  const started = Date.now();
  let packages = 0;
  let last = 'downloading modules';
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1_000);
    context.tell(`building Temporal: ${seconds} s, ${packages} packages compiled, now ${last}`);
  }, TELL_EVERY_MS);
  try {
    await runTool(context, {
      command: go.path,
      args: [
        'install',
        '-v', // prints each package as it is compiled
        // Without it the binary calls itself 0.0.0-DEV; -s -w leave out what only debuggers read (40 MB).
        '-ldflags',
        `-s -w -X github.com/temporalio/cli/temporalcli.Version=${TEMPORAL_CLI_VERSION}`,
        `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_VERSION}`,
      ],
      env: { GOBIN: directory },
      // Not in a checkout: somebody's go.mod or go.work above us must not have a say.
      cwd: directory,
      onLine: (line) => {
        if (line.startsWith('go: ')) return;
        packages += 1;
        last = basename(line);
      },
    });
  } finally {
    clearInterval(progress);
  }
}
