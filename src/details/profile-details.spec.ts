import fc from 'fast-check';
import { isDateOfBirth, isEmail, isPan, isPhone } from './field-checks';
import { detailProblems, isProfileDetails } from './profile-details';

const NOW = new Date('2026-03-01T12:00:00Z');
const GOOD = {
  name: 'Asha Rao',
  dob: '1990-02-28',
  gender: 'FEMALE',
  phone: '+919876543210',
  email: 'asha.rao@example.in',
  panNumber: 'ABCPE1234F',
  aadhaarLast4: '0123',
  address: {
    line1: '12, MG Road',
    line2: 'Indiranagar',
    city: 'Bengaluru',
    state: 'Karnataka',
    postalCode: '560038',
    country: 'IN',
  },
};

describe('profile details', () => {
  it('are accepted with and without what is optional', () => {
    expect(detailProblems(GOOD, NOW)).toEqual([]);
    const { gender: _g, email: _e, aadhaarLast4: _a, ...least } = GOOD;
    const { line2: _l, ...address } = GOOD.address;
    expect(isProfileDetails({ ...least, address }, NOW)).toBe(true);
    expect(isProfileDetails({ ...GOOD, name: 'आशा राव' }, NOW)).toBe(true);
  });

  it.each([
    [
      'name',
      ['', ' Asha', '12', 'A\nB', 'A\u2028B', 'A\0', 'x'.repeat(121), '\ud800a', 7, null, ['a']],
    ],
    [
      'dob',
      [
        '1899-12-31',
        '2026-03-02',
        '2023-02-29',
        '2023-13-01',
        '01-01-1990',
        '1990-1-1',
        '1990-01-01T00:00:00Z',
        19900101,
      ],
    ],
    ['gender', ['female', 'F', '', 1]],
    [
      'phone',
      [
        '9876543210',
        '+9198765',
        '+91 9876543210',
        '+910876543210',
        '+0123456789',
        '+999941057058',
        '+12',
        '+1234567890123456',
      ],
    ],
    [
      'email',
      [
        'asha',
        'a@b',
        '@b.in',
        'a@b.in ',
        'a b@c.in',
        'a@-b.in',
        'a@b..in',
        `${'a'.repeat(65)}@b.in`,
        'a@b.in\n',
      ],
    ],
    [
      'panNumber',
      [
        'abcpe1234f',
        'ABCDE1234F',
        'ABCPE123F',
        'ABCPE12345',
        ' ABCPE1234F',
        'ABCPE1234F\n',
        'ABC',
        null,
      ],
    ],
    ['aadhaarLast4', ['123', '12345', 1234, '१२३४', '']],
    ['address', ['12 MG Road', [], null, 1]],
  ])('%s: refuses what is not one', (field, values) => {
    for (const value of values) {
      const problems = detailProblems({ ...GOOD, [field]: value }, NOW);
      const expected: unknown = expect.arrayContaining([{ path: field, code: 'NOT_VALID' }]);
      expect([value, problems]).toEqual([value, expected]);
    }
  });

  it.each([
    ['postalCode', ['56003', '056003', '5600388', 'SW1A 1AA']],
    ['country', ['in', 'IND', '']],
    ['city', ['', 'x'.repeat(61)]],
  ])('address.%s: refuses what is not one', (field, values) => {
    for (const value of values) {
      const problems = detailProblems(
        { ...GOOD, address: { ...GOOD.address, [field]: value } },
        NOW,
      );
      expect(problems).toContainEqual({ path: `address.${field}`, code: 'NOT_VALID' });
    }
  });

  it('elsewhere have other postal codes', () => {
    const address = { ...GOOD.address, postalCode: 'SW1A 1AA', country: 'GB' };
    expect(detailProblems({ ...GOOD, address }, NOW)).toEqual([]);
  });

  it('name what is missing and what is not known, without repeating what may be personal', () => {
    const { panNumber: _p, ...rest } = GOOD;
    expect(detailProblems({ ...rest, aadhaarNumber: 'x', 'Asha Rao': 1 }, NOW)).toEqual([
      { path: 'panNumber', code: 'REQUIRED' },
      { path: 'aadhaarNumber', code: 'UNKNOWN_FIELD' },
      { path: '?', code: 'UNKNOWN_FIELD' },
    ]);
    expect(detailProblems(JSON.parse('{"__proto__":{"name":"x"}}'), NOW)).toContainEqual({
      path: 'name',
      code: 'REQUIRED',
    });
    for (const other of [null, 'x', 1, [], undefined]) {
      expect(detailProblems(other, NOW)).toEqual([{ path: '', code: 'NOT_VALID' }]);
    }
  });

  it('with a full Aadhaar number in any text are refused', () => {
    const number = '9999 4105 7058';
    const places: [string, object][] = [
      ['name', { ...GOOD, name: `Asha ${number}` }],
      ['email', { ...GOOD, email: '999941057058@example.in' }],
      ['address.line1', { ...GOOD, address: { ...GOOD.address, line1: number } }],
      ['address.line2', { ...GOOD, address: { ...GOOD.address, line2: `No. ${number}` } }],
      ['address.city', { ...GOOD, address: { ...GOOD.address, city: number } }],
    ];
    for (const [path, value] of places) {
      expect(detailProblems(value, NOW)).toEqual([{ path, code: 'AADHAAR_NUMBER' }]);
    }
    expect(detailProblems({ ...GOOD, phone: '999941057058' }, NOW)).toContainEqual({
      path: 'phone',
      code: 'AADHAAR_NUMBER',
    });
  });

  it('take every Indian mobile number, also those that pass for an Aadhaar number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6_000_000_000, max: 9_999_999_999 }), (n) => {
        expect(detailProblems({ ...GOOD, phone: `+91${n}` }, NOW)).toEqual([]);
      }),
    );
  });
});

describe('field checks', () => {
  it('take any day there was since 1900', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: NOW, noInvalidDate: true });
    fc.assert(fc.property(day, (date) => isDateOfBirth(date.toISOString().slice(0, 10), NOW)));
    expect(isDateOfBirth('2026-03-01', NOW)).toBe(true);
    expect(isDateOfBirth('2000-02-29', NOW)).toBe(true);
    expect(isDateOfBirth('1900-02-29', NOW)).toBe(false);
  });

  it('answer for anything without failing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const check of [isPan, isPhone, isEmail]) expect(check(value)).toBe(false);
      }),
    );
  });

  it('know the kinds of PAN holders', () => {
    const taken = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ').filter((type) =>
      isPan(`AAA${type}A1234A`),
    );
    expect(taken.join('')).toBe('ABCEFGHJLPT');
  });
});
