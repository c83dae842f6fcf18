import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, messageOf, StartError } from './start-error';

/** The secrets of a development machine, made once and kept: the data can be read only with them. */
export interface Secrets {
  /** Wraps the profiles' keys; 32 bytes in base64. */
  readonly masterKey: string;
  /** Signs tokens and links; 32 bytes in base64. */
  readonly tokenKey: string;
  /** Of the embedded ClickHouse, which any local user could reach otherwise. */
  readonly clickhousePassword: string;
}

const NAMES = ['masterKey', 'tokenKey', 'clickhousePassword'] as const;

/**
 * The data directory's secrets, created by the first start with mode 0600.
 * @throws StartError when the file is there but of no use; it is never replaced, since that would
 *   make all the data unreadable.
 */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const text = readIfThere(path);
  if (text === undefined) {
    const fresh = Object.fromEntries(
      NAMES.map((name) => [name, randomBytes(32).toString('base64')]),
    );
    // By rename: a crash in the middle must not leave half a file, which would be refused for ever.
    writeFileSync(`${path}.new`, `${JSON.stringify(fresh, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return loadSecrets(dataDir);
  }
  chmodSync(path, 0o600);
  return parse(path, text);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new StartError(`${path} cannot be read: ${messageOf(error)}.`);
  }
}

function parse(path: string, text: string): Secrets {
  try {
    const found = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const value = (name: (typeof NAMES)[number]): string => {
      const secret = found[name];
      if (typeof secret !== 'string' || Buffer.from(secret, 'base64').length !== 32) {
        throw new Error(`${name} is not 32 bytes in base64`);
      }
      return secret;
    };
    return {
      masterKey: value('masterKey'),
      tokenKey: value('tokenKey'),
      clickhousePassword: value('clickhousePassword'),
    };
  } catch (error) {
    throw new StartError(
      `${path} is damaged (${messageOf(error)}): restore it, or begin anew with --fresh.`,
    );
  }
}
