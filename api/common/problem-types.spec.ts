import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROBLEM_STATUS } from './problem-types';

it('docs/errors.md lists every code with its status, and no other', () => {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'errors.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `([A-Z_]+)`\s*\| (\d{3})/gm)].map(([, code, status]) => [
    code,
    Number(status),
  ]);
  expect(Object.fromEntries(listed)).toEqual(PROBLEM_STATUS);
});
