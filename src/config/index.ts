import { createHash } from 'node:crypto';
import type { MasterKey } from '../blobs/profile-keys';

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
  };
  readonly api: { readonly host: string; readonly port: number; readonly publicUrl: string };
  /** Directory of the encrypted blobs. */
  readonly blobDir: string;
  /** Directory of the local video provider's rooms. */
  readonly videoDir: string;
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

type Env = Readonly<Record<string, string | undefined>>;

/** Reads one environment; collects what is wrong with it. */
class Reader {
  readonly problems: string[] = [];

  constructor(private readonly env: Env) {}

  text(name: string, fallback?: string): string {
    const value = this.env[name] ?? fallback;
    if (value === undefined || value === '') {
      this.problems.push(`${name} is missing`);
      return '';
    }
    return value;
  }

  optional(name: string): string {
    return this.env[name] ?? '';
  }

  port(name: string, fallback: number): number {
    const value = Number(this.env[name] ?? fallback);
    if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
    this.problems.push(`${name} is not a port`);
    return fallback;
  }

  url(name: string, fallback?: string): string {
    const value = this.text(name, fallback);
    if (value !== '' && !/^https?:$/.test(protocolOf(value))) {
      this.problems.push(`${name} is not an http(s) address`);
    }
    return value;
  }

  key(name: string, text: string): Uint8Array {
    const key = new Uint8Array(Buffer.from(text, 'base64'));
    if (text !== '' && key.length !== 32) this.problems.push(`${name} is not 32 bytes in base64`);
    return key;
  }

  environment(): Config['environment'] {
    const value = this.text('VKYC_ENV', 'production');
    if (value === 'development' || value === 'production') return value;
    this.problems.push('VKYC_ENV is neither development nor production');
    return 'production';
  }
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

/** @throws ConfigError naming everything that is missing or wrong */
export function loadConfig(env: Env = process.env): Config {
  const read = new Reader(env);
  const port = read.port('API_PORT', 3000);
  const host = read.text('API_HOST', '127.0.0.1');
  const [first = '', ...older] = read.text('MASTER_KEY').split(',');
  const config: Config = {
    environment: read.environment(),
    temporal: {
      address: read.text('TEMPORAL_ADDRESS', '127.0.0.1:7233'),
      namespace: read.text('TEMPORAL_NAMESPACE', 'default'),
      uiUrl: read.optional('TEMPORAL_UI_URL'),
    },
    clickhouse: {
      url: read.url('CLICKHOUSE_URL', 'http://127.0.0.1:8123'),
      user: read.text('CLICKHOUSE_USER', 'default'),
      password: read.optional('CLICKHOUSE_PASSWORD'),
      database: read.text('CLICKHOUSE_DATABASE', 'vkyc'),
    },
    api: { host, port, publicUrl: read.url('PUBLIC_URL', `http://${host}:${port}`) },
    blobDir: read.text('BLOB_DIR'),
    videoDir: read.text('VIDEO_DIR'),
    masterKeys: [masterKey(read, first), ...older.map((text) => masterKey(read, text))],
    tokenKey: read.key('TOKEN_KEY', read.text('TOKEN_KEY')),
    workflowBundle: read.optional('WORKFLOW_BUNDLE'),
  };
  if (read.problems.length > 0) throw new ConfigError([...new Set(read.problems)]);
  return Object.freeze(config);
}

/** A key's name is derived from it, so a wrapped key finds its master whatever their order. */
function masterKey(read: Reader, text: string): MasterKey {
  const key = read.key('MASTER_KEY', text);
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}
