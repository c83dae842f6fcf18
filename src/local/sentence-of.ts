import { types } from 'node:util';
import { ConfigError } from '../config';
import { StartError } from './start-error';

/** Our own sentences stand alone; anything else is a bug of ours and comes with its stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof StartError || error instanceof ConfigError) return error.message;
  return types.isNativeError(error) ? (error.stack ?? error.message) : String(error);
}
