import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Body, isBody, Refusal } from './refusal';

/** The key pair of the workspace that the emulator stands for. */
export interface AppKeys {
  readonly accessKey: string;
  readonly appSecret: string;
}

/** 100ms docs: Security and tokens. The claims of a token of this kind, signed by the workspace's secret and valid now. */
export function verifyToken(token: string, type: 'management' | 'app', keys: AppKeys): Body {
  const refuse = (why: string): Refusal => new Refusal(401, 'Token validation error', [why]);
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const expected = createHmac('sha256', keys.appSecret).update(`${head}.${body}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refuse('signature is invalid');
  }
  const header = parsed(head);
  const claims = parsed(body);
  if (header['alg'] !== 'HS256') throw refuse('algorithm');
  if (claims['access_key'] !== keys.accessKey) throw refuse('access_key');
  if (claims['type'] !== type || claims['version'] !== 2) throw refuse('type or version');
  if (typeof claims['jti'] !== 'string' || claims['jti'] === '') throw refuse('jti');
  const now = Date.now() / 1000;
  const { iat, nbf, exp } = claims;
  if (!isTime(iat) || !isTime(nbf) || !isTime(exp)) throw refuse('iat, nbf, exp');
  if (iat > now || nbf > now) throw refuse('token used before issued');
  if (exp <= now) throw refuse('token is expired');
  return claims;
}

function parsed(part: string): Body {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isBody(value) ? value : {};
  } catch {
    return {};
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}
