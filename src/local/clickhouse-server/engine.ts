import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The embedded engine's native functions. The public `Session` of `chdb` is not used, for three
 * reasons found in its 3.4.0 source: `close()` waits for the running queries of every other
 * session, parameters of all sessions are serialised one after another, and `insert()` takes only
 * a few formats and plain table names. The version is pinned; `loadEngine` checks what it finds.
 */
export interface EngineResult {
  readonly bytes: Uint8Array;
  /** Seconds. */
  readonly elapsed: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
}

export interface InsertResult {
  readonly elapsed: number;
  /** With the rows that materialized views wrote. */
  readonly rowsWritten: number;
  readonly bytesWritten: number;
}

/** What the engine's own parser says about a text, without running it. */
export interface Classification {
  /** 0 when the text cannot be parsed. */
  readonly statementCount: number;
  readonly queryClass: number;
}

export const READ_ONLY = 0;
export const MUTATING = 1;

/** An opaque handle; the engine allows one operation at a time on it. */
export interface EngineConnection {
  readonly engineConnection: never;
}

export interface NativeEngine {
  CreateConnection(dataDir: string, args: readonly string[]): EngineConnection;
  CloseConnection(connection: EngineConnection): void;
  QueryAsyncConnection(
    connection: EngineConnection,
    sql: string,
    format: string,
  ): Promise<EngineResult>;
  InsertRawAsyncConnection(
    connection: EngineConnection,
    insert: string,
    rows: Uint8Array,
    countLines: boolean,
  ): Promise<InsertResult>;
  DurableClassifyAsync(
    connection: EngineConnection,
    sql: string,
    database: string,
  ): Promise<Classification>;
}

const FUNCTIONS = [
  'CreateConnection',
  'CloseConnection',
  'QueryAsyncConnection',
  'InsertRawAsyncConnection',
  'DurableClassifyAsync',
] as const;

/** Loads the native library (some 550 MB on disk). @throws with one sentence where it has none. */
export function loadEngine(): NativeEngine {
  const load = createRequire(__filename);
  const loader: unknown = load(join(dirname(load.resolve('chdb/package.json')), 'dist/loader.js'));
  const native: unknown = hasFunction(loader, 'loadNative') ? loader.loadNative() : undefined;
  if (!isNativeEngine(native)) {
    throw new Error('this version of chdb lacks the native functions that the server needs');
  }
  return native;
}

function isNativeEngine(value: unknown): value is NativeEngine {
  return FUNCTIONS.every((name) => hasFunction(value, name));
}

function hasFunction<Name extends string>(
  value: unknown,
  name: Name,
): value is Record<Name, () => unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return typeof Reflect.get(value, name) === 'function';
}
