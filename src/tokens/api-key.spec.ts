import fc from 'fast-check';
import { generateApiKey, hashApiKey, parseApiKey, verifyApiKey } from './api-key';

describe('API keys', () => {
  it('are taken apart as they were put together, for every OUID', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{3,40}$/), (ouid) => {
        const { key, keyId } = generateApiKey(ouid);
        expect(parseApiKey(key)).toEqual({ ouid, keyId });
      }),
    );
  });

  it('are verified against the record of their own only', () => {
    const mine = generateApiKey('demo');
    const other = generateApiKey('demo');
    const records = [other, mine].map(({ keyId, hash }) => ({ keyId, hash }));
    expect(verifyApiKey(mine.key, records)).toEqual({ keyId: mine.keyId, hash: mine.hash });
    expect(verifyApiKey(mine.key, [records[0]!])).toBeUndefined();
    expect(verifyApiKey(mine.key, [])).toBeUndefined();
    expect(verifyApiKey(mine.key, [{ keyId: other.keyId, hash: mine.hash }])).toBeUndefined();
    expect(verifyApiKey(mine.key, [{ keyId: mine.keyId, hash: 'broken' }])).toBeUndefined();
    expect(mine.hash).toBe(hashApiKey(mine.key));
    expect(mine.hash).not.toContain(mine.key.slice(-64));
  });

  it('with any character changed are refused', () => {
    const { key, keyId, hash } = generateApiKey('demo');
    for (let i = 0; i < key.length; i += 1) {
      const changed = key.slice(0, i) + (key[i] === '0' ? '1' : '0') + key.slice(i + 1);
      expect(verifyApiKey(changed, [{ keyId, hash }])).toBeUndefined();
    }
  });

  it.each([
    '',
    'vk_',
    'vk_demo_x_y',
    'vk_de_000000000000_',
    `vk_demo_${'0'.repeat(12)}_${'0'.repeat(63)}`,
    `vk_Demo_${'0'.repeat(12)}_${'0'.repeat(64)}`,
  ])('%j is none', (text) => {
    expect(parseApiKey(text)).toBeUndefined();
    expect(verifyApiKey(text, [{ keyId: '', hash: hashApiKey(text) }])).toBeUndefined();
  });

  it('are not made for a malformed OUID, nor twice the same', () => {
    expect(() => generateApiKey('a_b')).toThrow(TypeError);
    expect(generateApiKey('demo').key).not.toBe(generateApiKey('demo').key);
  });
});
