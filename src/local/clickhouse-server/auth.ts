import { createHash, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { ClickHouseException } from './errors';

const USER = 'default';

/**
 * Checks user and password in the three places where ClickHouse takes them: basic auth, headers,
 * query string. Without a configured password everyone on this machine may ask, as with a real
 * server as installed. @throws 516
 */
export function authenticate(
  request: IncomingMessage,
  url: URL,
  password: string | undefined,
): void {
  if (password === undefined) return;
  const given = basic(request.headers.authorization) ?? {
    user: request.headers['x-clickhouse-user'] ?? url.searchParams.get('user') ?? USER,
    key: request.headers['x-clickhouse-key'] ?? url.searchParams.get('password') ?? '',
  };
  if (given.user === USER && same(String(given.key), password)) return;
  throw new ClickHouseException(
    516,
    'AUTHENTICATION_FAILED',
    `${String(given.user)}: Authentication failed: password is incorrect, or there is no user with such name.`,
  );
}

function basic(authorization: string | undefined): { user: string; key: string } | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0
    ? { user: text, key: '' }
    : { user: text.slice(0, colon), key: text.slice(colon + 1) };
}

function same(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
