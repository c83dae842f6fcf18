import { types } from 'node:util';

/**
 * Why `npm start` or a test server cannot go on, in one sentence the user can act on. It is printed
 * without a stack and ends the launcher with a non-zero exit code.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The message of whatever was thrown, for a sentence of ours. */
export function messageOf(error: unknown): string {
  return types.isNativeError(error) ? error.message : String(error);
}

/** The code of a system error (`ENOENT`, `EADDRINUSE`, …), or undefined. */
export function codeOf(error: unknown): string | undefined {
  // Not instanceof: under jest the errors of node's own modules belong to another realm.
  const code: unknown = types.isNativeError(error) && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
