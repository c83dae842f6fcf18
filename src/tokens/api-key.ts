import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A client's credential: `vk_<OUID>_<keyId>_<secret>`. An OUID has no underscore and the others are
 * hex, so it can be taken apart in one way only. The secret has 256 random bits, so a plain SHA-256
 * is enough to store: there is nothing to guess that a slow hash would protect.
 */
const FORMAT = /^vk_([a-z0-9-]{3,40})_([0-9a-f]{12})_[0-9a-f]{64}$/;

/** What an organization keeps of a key. */
export interface ApiKeyRecord {
  readonly keyId: string;
  /** Hex SHA-256 of the whole key. */
  readonly hash: string;
}

export interface GeneratedApiKey extends ApiKeyRecord {
  /** The key itself: shown once to the client, then forgotten. */
  readonly key: string;
}

export function generateApiKey(ouid: string): GeneratedApiKey {
  const keyId = randomBytes(6).toString('hex');
  const key = `vk_${ouid}_${keyId}_${randomBytes(32).toString('hex')}`;
  if (!FORMAT.test(key)) throw new TypeError('not a valid OUID');
  return { key, keyId, hash: hashApiKey(key) };
}

export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whose key it claims to be; `undefined` when it is no API key. Proves nothing yet. */
export function parseApiKey(key: string): { ouid: string; keyId: string } | undefined {
  const [, ouid, keyId] = FORMAT.exec(key) ?? [];
  return ouid === undefined || keyId === undefined ? undefined : { ouid, keyId };
}

/**
 * The record a presented key belongs to, among those of the OUID it names. All records are compared,
 * each in constant time: neither the answer's time nor its kind tells an unknown key from a wrong
 * secret.
 */
export function verifyApiKey(
  key: string,
  records: readonly ApiKeyRecord[],
): ApiKeyRecord | undefined {
  const hash = createHash('sha256').update(key).digest();
  const keyId = parseApiKey(key)?.keyId;
  let match: ApiKeyRecord | undefined;
  for (const record of records) {
    const stored = Buffer.from(record.hash, 'hex');
    const same = stored.length === hash.length && timingSafeEqual(stored, hash);
    if (same && record.keyId === keyId) match = record;
  }
  return match;
}
