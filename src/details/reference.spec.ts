import { isForbiddenReference, referenceProblem } from './reference';

describe('ExtReferenceID', () => {
  it.each([
    'A',
    'LOAN-2024-11-22-0007',
    'a.b_c:d-e',
    '3f0e8a52-1b7c-4d4e-9a55-0c1f2e3d4b5a',
    'x'.repeat(64),
    '9876543210',
  ])('takes %s', (reference) => {
    expect(referenceProblem(reference)).toBeUndefined();
  });

  it.each([
    ['ABCPE1234F', 'PAN'],
    ['abcpe1234f', 'PAN'],
    ['ABCPE-1234-F', 'PAN'],
    ['loan:ABCPE1234F:1', 'PAN'],
    ['999941057058', 'AADHAAR_NUMBER'],
    ['REF-9999-4105-7058', 'AADHAAR_NUMBER'],
    ['9999.4105.7058', 'AADHAAR_NUMBER'],
    ['9999_4105_7058', 'AADHAAR_NUMBER'],
    ['asha@example.in', 'EMAIL'],
    ['', 'PATTERN'],
    ['.', 'PATTERN'],
    ['..', 'PATTERN'],
    ['-x', 'PATTERN'],
    ['a/b', 'PATTERN'],
    ['a b', 'PATTERN'],
    ['a\n', 'PATTERN'],
    ['é', 'PATTERN'],
    ['x'.repeat(65), 'PATTERN'],
  ])('refuses %j: %s', (reference, problem) => {
    expect(referenceProblem(reference)).toBe(problem);
    expect(isForbiddenReference(reference)).toBe(problem !== 'PATTERN');
  });
});
