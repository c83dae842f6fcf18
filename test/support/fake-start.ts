import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type DemoContext } from '../../src/local/demo/types';
import { runLauncher } from '../../src/local/main';

// The launcher as `npm start` runs it, with stand-ins for ClickHouse, worker and API: what is tested
// is the launcher and the real Temporal server. The "organization" is a workflow, started once.
const entry = (name: string): string => join(__dirname, 'fake-entries', name);
const WORKFLOW_ID = 'demo-settings';

/** Whether an earlier start left it in this server's database. */
async function startOnce({ env, namespace }: DemoContext): Promise<boolean> {
  const connection = await Connection.connect({ address: env['TEMPORAL_ADDRESS'] ?? '' });
  try {
    const { workflow } = new Client({ connection, namespace });
    const found = await workflow
      .getHandle(WORKFLOW_ID)
      .describe()
      .then(
        () => true,
        () => false,
      );
    if (!found) await workflow.start('nothing', { taskQueue: 'none', workflowId: WORKFLOW_ID });
    return found;
  } finally {
    await connection.close();
  }
}

void runLauncher(process.argv.slice(2), process.env, {
  entries: { clickhouse: entry('clickhouse'), worker: entry('worker'), api: entry('api') },
  searchAttributes: { KycOuid: 'Keyword' },
  docsPath: '/docs',
  check: () => undefined,
  migrate: () => Promise.resolve(),
  loadDemoOrganization: async (context) => {
    context.tell((await startOnce(context)) ? 'found earlier data' : 'found no earlier data');
    return { ouid: 'DEMO', credentials: [{ label: 'API key', value: 'secret' }] };
  },
  runDemoJourney: () =>
    process.env['VKYC_TEST_JOURNEY'] === 'fails'
      ? Promise.reject(new Error('the journey ended as EXPIRED'))
      : Promise.resolve({
          profileId: 'p-1',
          workflowId: 'profile/p-1',
          statuses: [
            { status: 'CAPTURE_PENDING', at: new Date(0) },
            { status: 'APPROVED', at: new Date(1_500) },
          ],
        }),
}).then((code) => process.exit(code));
