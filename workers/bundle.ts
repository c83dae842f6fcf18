import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';

/** Built by `npm run build`, beside the compiled workflows. */
const PREBUILT = join(__dirname, '..', 'workflows', 'bundle.js');

/** The bundle that was named, else the prebuilt one where there is one, else made from the sources. */
export async function workflowBundle(named: string): Promise<WorkflowBundleOption> {
  if (named !== '') return { codePath: named };
  if (existsSync(PREBUILT)) return { codePath: PREBUILT };
  return bundle();
}

/** What `npm run build` runs: the worker then starts without webpack. */
export async function writeBundle(): Promise<void> {
  const { code } = await bundle();
  await writeFile(PREBUILT, code);
}

function bundle(): Promise<{ code: string }> {
  return bundleWorkflowCode({
    workflowsPath: join(__dirname, '..', 'workflows'),
    workflowInterceptorModules: [join(__dirname, '..', 'workflows', 'replay-guard')],
    // Webpack's table of modules interests nobody who starts or tests.
    logger: new DefaultLogger('WARN'),
  });
}

if (require.main === module) void writeBundle();
