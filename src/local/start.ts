import { join } from 'node:path';
import { migrate } from '../../clickhouse/migrate';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/contracts';
import { loadConfig } from '../config';
import { runDemoJourney } from './demo/journey';
import { loadDemoOrganization } from './demo/organization';
import { type LaunchParts } from './launch';
import { runLauncher } from './main';

/** The entry of `npm start`: the real parts, everything else is in launch.ts. */
const root = join(__dirname, '..', '..');

const parts: LaunchParts = {
  entries: {
    clickhouse: join(__dirname, 'clickhouse-server', 'main'),
    worker: join(root, 'workers', 'main'),
    api: join(root, 'api', 'main'),
  },
  searchAttributes: SEARCH_ATTRIBUTE_TYPES,
  docsPath: '/docs',
  migrate: async (env) => {
    await migrate(loadConfig(env).clickhouse);
  },
  loadDemoOrganization,
  runDemoJourney,
};

runLauncher(process.argv.slice(2), process.env, parts).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
