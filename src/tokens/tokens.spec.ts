import { randomBytes } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { type TokenClaims, type TokenPurpose } from './claims';
import { Tokens } from './tokens';

const NOW = new Date('2026-03-01T12:00:00Z');
const EXP = NOW.getTime() / 1000 + 600;
const PROFILE = '11111111-2222-5333-8444-555555555555';
const CLAIMS: TokenClaims = {
  'capture-link': { ouid: 'demo', profileId: PROFILE, linkVersion: 1, exp: EXP },
  'capture-session': { ouid: 'demo', profileId: PROFILE, captureSessionId: 'c-1', exp: EXP },
  'local-video': {
    ouid: 'demo',
    avSessionId: `${PROFILE}.1`,
    role: 'agent',
    userId: 'a-1',
    exp: EXP,
  },
  recorder: { ouid: 'demo', avSessionId: `${PROFILE}.1`, exp: EXP },
  decision: {
    ouid: 'demo',
    profileId: PROFILE,
    actorType: 'REVIEWER',
    actorId: 'r-1',
    signal: 'checkerDecision',
    jti: 'j-1',
    exp: EXP,
  },
  'development-staff': { ouid: 'demo', sub: 'a-1', role: 'REVIEWER', name: 'Ravi', exp: EXP },
};
const PURPOSES = Object.keys(CLAIMS) as TokenPurpose[];
const rootKey = randomBytes(32);
const tokens = new Tokens(rootKey);
const INVALID: unknown = expect.objectContaining({ name: 'TokenError', code: 'INVALID' });
const EXPIRED: unknown = expect.objectContaining({ name: 'TokenError', code: 'EXPIRED' });

describe.each(PURPOSES)('a %s token', (purpose) => {
  it('gives its claims back, and nothing else', async () => {
    const token = await tokens.issue(purpose, CLAIMS[purpose]);
    expect(await tokens.verify(purpose, token, NOW)).toEqual(CLAIMS[purpose]);
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  it('is the same for the same claims, whatever their order', async () => {
    const backwards = Object.fromEntries(Object.entries(CLAIMS[purpose]).reverse());
    const again = await new Tokens(rootKey).issue(purpose, backwards as never);
    expect(again).toBe(await tokens.issue(purpose, CLAIMS[purpose]));
  });

  it('is never taken for another kind', async () => {
    const token = await tokens.issue(purpose, CLAIMS[purpose]);
    for (const other of PURPOSES.filter((kind) => kind !== purpose)) {
      await expect(tokens.verify(other, token, NOW)).rejects.toEqual(INVALID);
    }
  });

  it('ends at its second and not before', async () => {
    const token = await tokens.issue(purpose, CLAIMS[purpose]);
    const at = (ms: number) => tokens.verify(purpose, token, new Date(EXP * 1000 + ms));
    await expect(at(-1)).resolves.toBeDefined();
    await expect(at(0)).rejects.toEqual(EXPIRED);
  });

  it('with any character changed, or cut, is refused', async () => {
    const token = await tokens.issue(purpose, CLAIMS[purpose]);
    for (let i = 0; i < token.length; i += 1) {
      const changed = token.slice(0, i) + (token[i] === 'A' ? 'z' : 'A') + token.slice(i + 1);
      await expect(tokens.verify(purpose, changed, NOW)).rejects.toEqual(INVALID);
    }
    const last = ['B', 'C', 'D', 'E', 'Q', 'g', 'w'].map((letter) => token.slice(0, -1) + letter);
    for (const bad of [
      ...last.filter((text) => text !== token),
      '',
      'x',
      token.slice(0, -2),
      `${token}.x`,
      `${token} `,
      `${token}=`,
      `${token}\n`,
      'a'.repeat(5000),
    ]) {
      await expect(tokens.verify(purpose, bad, NOW)).rejects.toEqual(INVALID);
    }
  });

  it('of another key, or of none, is refused, also when expired', async () => {
    const foreign = await new Tokens(randomBytes(32)).issue(purpose, CLAIMS[purpose]);
    await expect(tokens.verify(purpose, foreign, NOW)).rejects.toEqual(INVALID);
    await expect(tokens.verify(purpose, foreign, new Date(EXP * 2000))).rejects.toEqual(INVALID);
    const payload = { iss: 'video-kyc', aud: purpose, ...CLAIMS[purpose] };
    const unsigned = new UnsecuredJWT(payload).encode();
    await expect(tokens.verify(purpose, unsigned, NOW)).rejects.toEqual(INVALID);
    const byRoot = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(rootKey);
    await expect(tokens.verify(purpose, byRoot, NOW)).rejects.toEqual(INVALID);
  });
});

describe('malformed claims', () => {
  it.each([
    { ouid: 'Demo' },
    { profileId: 'x' },
    { linkVersion: 0 },
    { linkVersion: 1.5 },
    { exp: NOW.getTime() },
    { exp: Number.NaN },
    { ouid: undefined },
  ])('%j are never signed', async (wrong) => {
    const claims = { ...CLAIMS['capture-link'], ...wrong } as TokenClaims['capture-link'];
    await expect(tokens.issue('capture-link', claims)).rejects.toThrow(TypeError);
  });

  it('of staff neither, and a name is not needed', async () => {
    const { name: _n, ...nameless } = CLAIMS['development-staff'];
    const token = await tokens.issue('development-staff', nameless);
    expect(await tokens.verify('development-staff', token, NOW)).toEqual(nameless);
    const admin = { ...nameless, role: 'ADMIN' } as never;
    await expect(tokens.issue('development-staff', admin)).rejects.toThrow(TypeError);
  });

  it('need a proper key', () => {
    expect(() => new Tokens(randomBytes(16))).toThrow(TypeError);
  });
});
