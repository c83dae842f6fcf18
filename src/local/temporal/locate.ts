import { type CacheEntry, findCached, installOnce } from './cache';
import { buildTemporal } from './go-build';
import { downloadBySdk } from './sdk-download';
import { runTool, SOURCE_LIMIT_MS, type ToolContext, which } from './tools';
import { messageOf, StartError } from '../start-error';
import { isNewEnough, parseTemporalVersion, TEMPORAL_CLI_VERSION } from './version';

const ENTRY: CacheEntry = { name: `temporal-${TEMPORAL_CLI_VERSION}`, file: 'temporal' };

/** Ways to bring the CLI into a directory; the tests put others in their place. */
export interface TemporalInstallers {
  readonly download: (context: ToolContext, directory: string) => Promise<void>;
  readonly build: (context: ToolContext, directory: string) => Promise<void>;
}

const installers: TemporalInstallers = {
  download: (context, directory) =>
    downloadBySdk(
      context,
      { kind: 'dev-server', version: `v${TEMPORAL_CLI_VERSION}`, file: ENTRY.file },
      directory,
    ),
  build: buildTemporal,
};

/**
 * The Temporal CLI's path: on the PATH if new enough, else from our cache, else downloaded by the
 * SDK, else built with Go; each source has 20 s, the build excepted (DESIGN §9).
 * @throws StartError naming why each source failed.
 */
export async function locateTemporal(
  context: ToolContext,
  { download, build }: TemporalInstallers = installers,
): Promise<string> {
  const found = await findTemporal(context);
  if (found !== undefined) return found;
  return installOnce(context, ENTRY, async (directory) => {
    const failures: string[] = [];
    try {
      context.tell(`downloading Temporal ${TEMPORAL_CLI_VERSION}`);
      await download(context, directory);
      return;
    } catch (error) {
      context.signal?.throwIfAborted();
      failures.push(`the download failed (${messageOf(error)})`);
      context.tell(`${failures[0] ?? ''}; trying to build it`);
    }
    try {
      await build(context, directory);
    } catch (error) {
      context.signal?.throwIfAborted();
      failures.push(`it cannot be built here (${messageOf(error)})`);
      throw new StartError(
        `There is no Temporal dev server: no \`temporal\` ${TEMPORAL_CLI_VERSION} or later on the PATH, ${failures.join(', ')}. ` +
          'Install the Temporal CLI or Go 1.25 or later, or name a running server with TEMPORAL_ADDRESS.',
      );
    }
  });
}

/** The Temporal CLI if this machine has it: on the PATH if new enough, else in our cache. */
export async function findTemporal(context: ToolContext): Promise<string | undefined> {
  return (await findOnPath(context)) ?? findCached(context, ENTRY);
}

/** A `temporal` on the PATH that is too old, or broken, is skipped with a line. */
async function findOnPath(context: ToolContext): Promise<string | undefined> {
  const path = which(context, 'temporal');
  if (path === undefined) return undefined;
  const why = await whyNot(context, path);
  if (why === undefined) return path;
  context.tell(`${path} is skipped: ${why}`);
  return undefined;
}

async function whyNot(context: ToolContext, path: string): Promise<string | undefined> {
  try {
    const output = await runTool(context, {
      command: path,
      args: ['--version'],
      limitMs: SOURCE_LIMIT_MS,
    });
    const version = parseTemporalVersion(output);
    if (version === undefined) return 'it does not say a version';
    if (isNewEnough(version)) return undefined;
    return `version ${version.cli} is older than ${TEMPORAL_CLI_VERSION}`;
  } catch (error) {
    context.signal?.throwIfAborted();
    return messageOf(error);
  }
}
