/** EXPIRED: genuine, but its time is over. INVALID: anything else, on purpose without detail. */
export type TokenErrorCode = 'EXPIRED' | 'INVALID';

/** A token that was refused. Neither message nor cause repeats the token. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  constructor(readonly code: TokenErrorCode) {
    super(`token ${code.toLowerCase()}`);
  }
}
