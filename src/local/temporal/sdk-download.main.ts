import { TestWorkflowEnvironment } from '@temporalio/testing';
import { messageOf } from '../start-error';

/**
 * A process of its own around the SDK's download, which can be neither cancelled nor limited in
 * time, and which starts what it downloaded. Arguments: `dev-server` or `time-skipping`, version
 * ("default" for the one this SDK wants), directory. Answers by IPC: `{}` or `{ error }`.
 */
async function main(kind: string, version: string, downloadDir: string): Promise<void> {
  const executable = { type: 'cached-download', downloadDir, version } as const;
  const environment =
    kind === 'time-skipping'
      ? await TestWorkflowEnvironment.createTimeSkipping({
          server: { executable },
        })
      : await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
}

process.once('disconnect', () => process.exit(1));
const [kind = '', version = '', directory = ''] = process.argv.slice(2);
main(kind, version, directory).then(
  () => process.send?.({}),
  (error: unknown) => process.send?.({ error: messageOf(error) }),
);
