import fc from 'fast-check';
import { eventIdOf, uuidV5, wellFormed } from './ids';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

describe('uuidV5', () => {
  it('gives the test vector of RFC 9562, appendix A.4', () => {
    expect(uuidV5('www.example.com', DNS)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it('refuses a namespace that is not a UUID', () => {
    expect(() => uuidV5('name', 'kyc')).toThrow('must be a UUID');
  });

  it('always carries version 5 and the RFC variant', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(uuidV5(name, DNS)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});

describe('eventIdOf', () => {
  it('is the id of stream/ouid/streamId/seq', () => {
    expect(eventIdOf('profile', 'acme', 'p-1', 7)).toBe(
      uuidV5('profile/acme/p-1/7', '6f3b1c52-8d0e-4a57-9c1b-2e7f4d9a8b30'),
    );
  });

  it('tells ids with slashes apart and takes any text', () => {
    expect(eventIdOf('profile', 'a/b', 'c', 1)).not.toBe(eventIdOf('profile', 'a', 'b/c', 1));
    expect(eventIdOf('profile', '\ud800', 'c', 1)).toBe(eventIdOf('profile', '\ufffd', 'c', 1));
  });
});

describe('wellFormed', () => {
  it('replaces lone surrogates and keeps pairs', () => {
    expect(wellFormed('a\ud83d\ude00b\ud800c\udc00')).toBe('a\ud83d\ude00b\ufffdc\ufffd');
  });
});
