import type { SignalToken } from '../../src/domain/profile/commands';
import { TokenError } from '../../src/tokens/token-error';
import type { Tokens } from '../../src/tokens/tokens';

export interface TokenActivities {
  verifyToken(token: string): Promise<SignalToken>;
}

/**
 * Verifies the decision token of a signal. Run twice it says the same, unless the token expired in
 * between; that it is used once is for the profile to see to.
 */
export function createTokenActivities(tokens: Tokens, now: () => Date): TokenActivities {
  return {
    async verifyToken(token) {
      try {
        const { ouid, profileId, actorType, actorId, signal, jti } = await tokens.verify(
          'decision',
          token,
          now(),
        );
        return { ok: true, ouid, profileId, signal, jti, actor: { type: actorType, id: actorId } };
      } catch (error) {
        if (!(error instanceof TokenError)) throw error;
        return { ok: false, why: error.code === 'EXPIRED' ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID' };
      }
    },
  };
}
