import fc from 'fast-check';
import { bodyHash, canonicalJson, commandId } from './command-hash';

const KEY = Buffer.alloc(32, 7);

describe('canonicalJson', () => {
  it('is the same whatever the order of the keys, and says the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(backwards(value))).toBe(text);
      }),
    );
  });

  it('leaves out what JSON leaves out, and refuses what JSON cannot hold', () => {
    expect(canonicalJson({ b: undefined, a: [undefined, 1], d: new Date(0) })).toBe(
      '{"a":[null,1],"d":"1970-01-01T00:00:00.000Z"}',
    );
    for (const bad of [undefined, Number.NaN, { a: Infinity }, () => 1, Symbol('x'), 1n]) {
      expect(() => canonicalJson(bad)).toThrow(TypeError);
    }
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(() => canonicalJson(deep)).toThrow(RangeError);
  });
});

describe('bodyHash', () => {
  it('tells bodies apart, needs the key, and is stable over releases', () => {
    expect(bodyHash(KEY, { b: 1, a: 'x' })).toBe(bodyHash(KEY, { a: 'x', b: 1 }));
    expect(bodyHash(KEY, { a: 'x' })).not.toBe(bodyHash(KEY, { a: 'y' }));
    expect(bodyHash(KEY, { a: '1' })).not.toBe(bodyHash(KEY, { a: 1 }));
    expect(bodyHash(KEY, 1)).not.toBe(bodyHash(Buffer.alloc(32, 8), 1));
    // printf '{"a":"x","b":1}' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…
    expect(bodyHash(KEY, { b: 1, a: 'x' })).toBe(
      'a244308a45f6f0c62dac6a00bcb20d938008142db77b2564a1c7603415a86a39',
    );
  });
});

describe('commandId', () => {
  it('is another one for any other part, however the parts are cut', () => {
    const part = fc.string({ maxLength: 4 });
    const parts = fc.tuple(part, part, part, part);
    fc.assert(
      fc.property(parts, parts, (one, two) => {
        const id = ([ouid, actor, route, key]: typeof one) =>
          commandId(ouid, 'AGENT', actor, route, key);
        expect(id(one)).toMatch(/^[0-9a-f]{64}$/);
        expect(id(one) === id(two)).toBe(JSON.stringify(one) === JSON.stringify(two));
      }),
    );
    expect(commandId('o', 'AGENT', 'a', 'r', 'k')).not.toBe(
      commandId('o', 'REVIEWER', 'a', 'r', 'k'),
    );
    expect(commandId('o', 'AGENT', 'ab', 'c', 'k')).not.toBe(
      commandId('o', 'AGENT', 'a', 'bc', 'k'),
    );
  });
});

function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    name,
    backwards(inner),
  ]);
  return Object.fromEntries(entries.reverse());
}
