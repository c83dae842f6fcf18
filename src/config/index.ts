import { createHash } from 'node:crypto';
import type { MasterKey } from '../blobs/profile-keys';
import {
  type HundredMsSettings,
  type ProvisioningKeys,
  readHundredMs,
  readProvisioningKeys,
} from './hundredms';
import { type Env, Reader } from './reader';

/** All settings of a process, read once at its start. Secrets are Uint8Arrays: they print as numbers of bytes only. */
export interface Config {
  readonly environment: 'development' | 'production';
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly uiUrl: string;
  };
  readonly clickhouse: {
    readonly url: string;
    readonly user: string;
    readonly password: string;
    readonly database: string;
    /** Whose replicas the migrations create tables on; '' = one server. */
    readonly cluster: string;
    /** The server has users, grants and row policies as docs/operations.md has them. */
    readonly rowPolicy: boolean;
  };
  /** Where a worker serves its metrics to Prometheus, `host:port`; '' = nowhere. */
  readonly metricsAddress: string;
  readonly api: { readonly host: string; readonly port: number; readonly publicUrl: string };
  /** Directory of the encrypted blobs. */
  readonly blobDir: string;
  readonly videoProvider: 'local' | 'hundredms';
  /** Directory of the local video provider's rooms; '' where 100ms has them. */
  readonly videoDir: string;
  /** Whether a recording of every call is expected of the agent's page; with the local provider only. */
  readonly videoRecords: boolean;
  /** There when 100ms is the provider. */
  readonly hundredms?: HundredMsSettings;
  /** The first wraps new profile keys, all unwrap. */
  readonly masterKeys: readonly [MasterKey, ...MasterKey[]];
  readonly tokenKey: Uint8Array;
  /** File of the prebuilt workflow bundle; '' = beside the compiled workflows. */
  readonly workflowBundle: string;
}

/** Every problem of the environment at once; names and rules, never values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable: ${problems.join('; ')}.`);
  }
}

/** @throws ConfigError naming everything that is missing or wrong */
export function loadConfig(env: Env = process.env): Config {
  const read = new Reader(env);
  const port = read.port('API_PORT', 3000);
  const host = read.text('API_HOST', '127.0.0.1');
  const [first = '', ...older] = read.text('MASTER_KEY').split(',');
  const videoProvider = read.oneOf('VIDEO_PROVIDER', ['local', 'hundredms'], 'local');
  const config: Config = {
    environment: read.oneOf('VKYC_ENV', ['development', 'production'], 'production'),
    temporal: {
      address: read.text('TEMPORAL_ADDRESS', '127.0.0.1:7233'),
      namespace: read.text('TEMPORAL_NAMESPACE', 'default'),
      uiUrl: read.optional('TEMPORAL_UI_URL'),
    },
    clickhouse: readClickHouse(read),
    metricsAddress: read.hostAndPort('METRICS_ADDRESS'),
    api: { host, port, publicUrl: read.url('PUBLIC_URL', `http://${host}:${port}`) },
    blobDir: read.text('BLOB_DIR'),
    videoProvider,
    ...(videoProvider === 'local'
      ? {
          videoDir: read.text('VIDEO_DIR'),
          videoRecords: read.oneOf('VIDEO_EXPECT_RECORDING', ['no', 'yes'], 'no') === 'yes',
        }
      : { videoDir: '', videoRecords: false, hundredms: readHundredMs(read) }),
    masterKeys: [masterKey(read, first), ...older.map((text) => masterKey(read, text))],
    tokenKey: read.key('TOKEN_KEY', read.text('TOKEN_KEY')),
    workflowBundle: read.optional('WORKFLOW_BUNDLE'),
  };
  return checked(read, config);
}

/**
 * The keys of `npm run video:provision`, which runs without the rest of the product.
 * @throws ConfigError
 */
export function loadProvisioningKeys(env: Env = process.env): ProvisioningKeys {
  const read = new Reader(env);
  return checked(read, readProvisioningKeys(read));
}

/**
 * Where the log is, for commands that need nothing else.
 * @throws ConfigError
 */
export function loadClickHouse(env: Env = process.env): Config['clickhouse'] {
  const read = new Reader(env);
  return checked(read, readClickHouse(read));
}

function readClickHouse(read: Reader): Config['clickhouse'] {
  return {
    url: read.url('CLICKHOUSE_URL', 'http://127.0.0.1:8123'),
    user: read.text('CLICKHOUSE_USER', 'default'),
    password: read.optional('CLICKHOUSE_PASSWORD'),
    database: read.text('CLICKHOUSE_DATABASE', 'vkyc'),
    cluster: read.optional('CLICKHOUSE_CLUSTER'),
    rowPolicy: read.oneOf('CLICKHOUSE_ROW_POLICY', ['off', 'on'], 'off') === 'on',
  };
}

function checked<T>(read: Reader, config: T): Readonly<T> {
  if (read.problems.length > 0) throw new ConfigError([...new Set(read.problems)]);
  return Object.freeze(config);
}

/** A key's name is derived from it, so a wrapped key finds its master whatever their order. */
function masterKey(read: Reader, text: string): MasterKey {
  const key = read.key('MASTER_KEY', text);
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}
