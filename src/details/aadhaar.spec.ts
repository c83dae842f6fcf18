import fc from 'fast-check';
import { aadhaarPaths, containsAadhaar } from './aadhaar';
import { isVerhoeff } from './verhoeff';

/** UIDAI's published test numbers. */
const PUBLISHED = ['999941057058', '999971658847', '999933119405', '999955183433', '999990501894'];
/** Twelve digits with a wrong check digit. */
const WRONG = ['234567890120', '123456789012', '999941057059'];

function withCheckDigit(body: string): string {
  return (
    body +
    Array.from('0123456789')
      .filter((digit) => isVerhoeff(body + digit))
      .join('')
  );
}

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length });
const aadhaar = fc
  .tuple(fc.integer({ min: 2, max: 9 }), digits(10))
  .map(([first, rest]) => withCheckDigit(`${first}${rest.join('')}`));

describe('Verhoeff', () => {
  it('knows the published examples', () => {
    // 2363 is the textbook example: 236 with check digit 3.
    for (const good of ['2363', '758722', '123451', ...PUBLISHED])
      expect([good, isVerhoeff(good)]).toEqual([good, true]);
    for (const bad of ['', '2364', ...WRONG]) expect([bad, isVerhoeff(bad)]).toEqual([bad, false]);
  });

  it('has exactly one check digit for every number', () => {
    fc.assert(
      fc.property(digits(11), (body) => {
        expect(withCheckDigit(body.join(''))).toHaveLength(12);
      }),
    );
  });

  it('detects every single changed digit and every swap of neighbours', () => {
    fc.assert(
      fc.property(aadhaar, (number) => {
        for (let i = 0; i < 12; i += 1) {
          for (const digit of '0123456789') {
            const changed = number.slice(0, i) + digit + number.slice(i + 1);
            expect(isVerhoeff(changed)).toBe(changed === number);
          }
          const swapped =
            number.slice(0, i) + (number[i + 1] ?? '') + (number[i] ?? '') + number.slice(i + 2);
          expect(isVerhoeff(swapped)).toBe(swapped === number);
        }
      }),
    );
  });
});

describe('containsAadhaar', () => {
  it.each([
    ...PUBLISHED,
    '9999 4105 7058',
    '9999-4105-7058',
    '9999 - 4105 - 7058',
    '9999\u00a04105\u20097058',
    '9999\u20114105\u20137058',
    '99994 10570 58',
    '9 9 9 9 4 1 0 5 7 0 5 8',
    '9999.4105.7058',
    '9999/4105/7058',
    '1111.9999.4105.7058',
    'REF999941057058X',
    'id: 999941057058, thanks',
    '12-999941057058',
    '999941057058-12',
    '\u0967\u0968 \u096f\u096f\u096f\u096f\u096a\u0967\u0966\u096b\u096d\u0966\u096b\u096e',
    '\uff19\uff19\uff19\uff19\uff14\uff11\uff10\uff15\uff17\uff10\uff15\uff18',
    '\u0669\u0669\u0669\u0669 4105 7058',
    '⁹⁹⁹⁹⁴¹⁰⁵⁷⁰⁵⁸',
    '9999\u200b41057058',
    '00000000-0000-4000-8000-999941057058',
    '2024-01-31-999941057058',
  ])('finds %j', (text) => {
    expect(containsAadhaar(text)).toBe(true);
  });

  it.each([
    ...WRONG,
    '',
    'no digits',
    '1999941057058',
    '9999410570580',
    '4105 7058',
    '2024-11-22-0007',
    '9999 41057058 1',
  ])('leaves %j alone unless twelve digits stand for themselves', (text) => {
    const expected = text === '9999 41057058 1';
    expect(containsAadhaar(text)).toBe(expected);
  });

  it('finds any number in any digits with any gaps, in any text without digits', () => {
    const zero = fc.constantFrom(
      0x30,
      0x660,
      0x966,
      0x9e6,
      0xbe6,
      0xff10,
      0x1d7ce,
      0x1d7e2,
      0x1e950,
    );
    const gap = fc.constantFrom('', '', ' ', '-', ' - ', '\u2013', '\u00a0');
    const around = fc.string().map((text) => text.replace(/[\p{N}]/gu, ''));
    fc.assert(
      fc.property(
        aadhaar,
        zero,
        fc.array(gap, { minLength: 12, maxLength: 12 }),
        around,
        around,
        (number, base, gaps, before, after) => {
          const written = Array.from(number).map(
            (digit, i) =>
              (i === 0 ? '' : (gaps[i] ?? '')) + String.fromCodePoint(base + Number(digit)),
          );
          fc.pre(!/^(19|20)/.test(number));
          expect(containsAadhaar(`${before}${written.join('')}${after}`)).toBe(true);
        },
      ),
    );
  });

  it('finds nothing in numbers that begin with 0 or 1, or fail the checksum', () => {
    fc.assert(
      fc.property(digits(12), (given) => {
        const number = given.join('');
        expect(containsAadhaar(number)).toBe(/^[2-9]/.test(number) && isVerhoeff(number));
      }),
    );
  });

  it('never takes a reference with a date in front for a number', () => {
    const day = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.integer({ min: 1000, max: 9999 }), (date, n) => {
        expect(containsAadhaar(`KYC-${date.toISOString().slice(0, 10)}-${n}`)).toBe(false);
      }),
    );
  });
});

describe('aadhaarPaths', () => {
  it('names the places and never the number', () => {
    const value = {
      a: 'x 999941057058',
      b: { c: ['ok', '9999 4105 7058'], d: 999941057058 },
      '999941057058': 1,
      'Asha Rao': '999941057058',
      phone: '999941057058',
      e: null,
    };
    expect(aadhaarPaths(value, ['phone'])).toEqual(['?', '?', 'a', 'b.c.1', 'b.d']);
    expect(aadhaarPaths('999941057058')).toEqual(['']);
    expect(aadhaarPaths({ a: 1, b: [true, 'x'] })).toEqual([]);
  });

  it('is not stopped by depth', () => {
    let deep: unknown = '999941057058';
    for (let i = 0; i < 20_000; i += 1) deep = [deep];
    expect(aadhaarPaths(deep)).toHaveLength(1);
  });
});
