import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

interface Servers {
  readonly TEMPORAL_ADDRESS: string;
  readonly CLICKHOUSE_URL: string;
  readonly WORKFLOW_BUNDLE: string;
}

/** What processes of ours need to work on these servers, with files and keys of their own. */
export function developmentEnv(directory: string, servers: Servers): Record<string, string> {
  return {
    VKYC_ENV: 'development',
    ...servers,
    BLOB_DIR: join(directory, 'blobs'),
    VIDEO_DIR: join(directory, 'video'),
    MASTER_KEY: randomBytes(32).toString('base64'),
    TOKEN_KEY: randomBytes(32).toString('base64'),
    API_PORT: '0',
  };
}
