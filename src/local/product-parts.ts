import { join } from 'node:path';
import { migrate } from '../../clickhouse/migrate';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/contracts';
import { loadConfig } from '../config';
import type { LaunchParts } from './launch';

/** From `dist/src/local` or `src/local`: the directory that the processes' entries lie in. */
const root = join(__dirname, '..', '..');

/** What the launcher starts when it is the product that it starts, whatever it does then. */
export const PRODUCT_PARTS: Omit<LaunchParts, 'loadDemoOrganization' | 'runDemoJourney'> = {
  entries: {
    clickhouse: join(__dirname, 'clickhouse-server', 'main'),
    worker: join(root, 'workers', 'main'),
    api: join(root, 'api', 'main'),
  },
  searchAttributes: SEARCH_ATTRIBUTE_TYPES,
  docsPath: '/docs',
  check: (env) => {
    loadConfig(env);
  },
  migrate: async (env) => {
    await migrate(loadConfig(env).clickhouse);
  },
};
