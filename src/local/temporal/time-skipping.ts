import { type CacheEntry, findCached, installOnce } from './cache';
import { copyTestServer, TEST_SERVER_VERSION } from './maven';
import { downloadBySdk } from './sdk-download';
import { type ToolContext } from './tools';
import { messageOf, StartError } from '../start-error';

const ENTRY: CacheEntry = {
  name: `temporal-test-server-${TEST_SERVER_VERSION}`,
  file: 'temporal-test-server',
};

/**
 * The path of a time-skipping test server, for `TestWorkflowEnvironment.createTimeSkipping({ server:
 * { executable: { type: 'existing-path', path } } })`: from our cache, else downloaded by the SDK
 * (20 s), else from Maven, run by Java. The cache comes first because every test file asks.
 * @throws StartError naming what is missing.
 */
export async function locateTimeSkippingServer(context: ToolContext): Promise<string> {
  const cached = findCached(context, ENTRY);
  if (cached !== undefined) return cached;
  return installOnce(context, ENTRY, async (directory) => {
    const failures: string[] = [];
    try {
      context.tell('downloading the time-skipping test server');
      await downloadBySdk(
        context,
        { kind: 'time-skipping', version: 'default', file: ENTRY.file },
        directory,
      );
      return;
    } catch (error) {
      context.signal?.throwIfAborted();
      failures.push(`the download failed (${messageOf(error)})`);
    }
    try {
      await copyTestServer(context, directory, ENTRY.file);
    } catch (error) {
      context.signal?.throwIfAborted();
      failures.push(`Maven could not bring it (${messageOf(error)})`);
      throw new StartError(
        `There is no time-skipping test server: ${failures.join(', ')}. ` +
          'Install a JDK 17 or later and Maven, or run the tests once with internet access.',
      );
    }
  });
}
