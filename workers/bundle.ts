import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type LogLevel,
  type WorkflowBundleOption,
} from '@temporalio/worker';

const SOURCES = join(__dirname, '..', 'workflows');
/** Built by `npm run build`, beside the compiled workflows. */
const PREBUILT = join(SOURCES, 'bundle.js');

/** The bundle that was named, else the prebuilt one where there is one, else made from the sources. */
export async function workflowBundle(named: string): Promise<WorkflowBundleOption> {
  if (named !== '') return { codePath: named };
  if (existsSync(PREBUILT)) return { codePath: PREBUILT };
  return bundleOf(SOURCES, 'WARN');
}

/** What `npm run build` runs: the worker then starts without webpack. */
export async function writeBundle(): Promise<void> {
  const { code } = await bundleOf(SOURCES, 'WARN');
  await writeFile(PREBUILT, code);
}

/** A bundle of the workflows under `workflowsPath`, with what all of ours run under. */
export function bundleOf(workflowsPath: string, level: LogLevel): Promise<{ code: string }> {
  return bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: [join(SOURCES, 'replay-guard')],
    // Webpack's table of modules interests nobody who starts or tests.
    logger: new DefaultLogger(level),
  });
}

if (require.main === module) void writeBundle();
