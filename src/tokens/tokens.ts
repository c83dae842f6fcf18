import { hkdfSync } from 'node:crypto';
import { SignJWT, errors, jwtVerify } from 'jose';
import { pickClaims, type TokenClaims, type TokenPurpose } from './claims';
import { TokenError } from './token-error';

const ISSUER = 'video-kyc';
const KEY_BYTES = 32;
/**
 * The one spelling of a token. Base64 decoders pass over blanks and the two spare bits of a 32-byte
 * signature's last letter, so without this one token would have many texts. Ours are below 800.
 */
const COMPACT = /^[\w-]{1,100}\.[\w-]{1,2000}\.[\w-]{42}[AEIMQUYcgkosw048]$/;

/**
 * Short-lived tokens of our own: compact JWTs, HS256 (RFC 7519, 7515). Each purpose has a key of its
 * own, HKDF-SHA256(root key, "video-kyc token v1 <purpose>"), and stands in `aud`, so that one kind
 * is never taken for another. Nothing random and no time of issue is in them: the same claims make
 * the same token, so a repeated creation answers the same link.
 */
export class Tokens {
  private readonly keys = new Map<TokenPurpose, Uint8Array>();

  constructor(private readonly rootKey: Uint8Array) {
    if (rootKey.length !== KEY_BYTES) throw new TypeError(`the token key has ${KEY_BYTES} bytes`);
  }

  /** @throws TypeError when a claim is malformed: a mistake of ours, never a caller's */
  async issue<P extends TokenPurpose>(purpose: P, claims: TokenClaims[P]): Promise<string> {
    const picked = pickClaims(purpose, { ...claims });
    if (picked === undefined) throw new TypeError(`malformed claims for a ${purpose} token`);
    return new SignJWT({ iss: ISSUER, aud: purpose, ...picked })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(this.key(purpose));
  }

  /** @throws TokenError EXPIRED (from the second `exp` on) or INVALID */
  async verify<P extends TokenPurpose>(
    purpose: P,
    token: string,
    now: Date,
  ): Promise<TokenClaims[P]> {
    if (!COMPACT.test(token)) throw new TokenError('INVALID');
    try {
      const { payload } = await jwtVerify(token, this.key(purpose), {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: purpose,
        requiredClaims: ['exp'],
        currentDate: now,
      });
      const claims = pickClaims(purpose, payload);
      if (claims !== undefined) return claims;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new TokenError('EXPIRED');
      if (!(error instanceof errors.JOSEError)) throw error;
    }
    throw new TokenError('INVALID');
  }

  private key(purpose: TokenPurpose): Uint8Array {
    const known = this.keys.get(purpose);
    if (known !== undefined) return known;
    const info = `video-kyc token v1 ${purpose}`;
    const derived = new Uint8Array(hkdfSync('sha256', this.rootKey, '', info, KEY_BYTES));
    this.keys.set(purpose, derived);
    return derived;
  }
}
