import { inTimeOrder, type InspectionEntry } from './entries';

const entry = (type: string, second: number): InspectionEntry => ({
  at: new Date(Date.UTC(2026, 0, 15, 9, 0, second)).toISOString(),
  source: 'LOG',
  type,
  actor: { type: 'SYSTEM', id: 'system' },
  details: {},
});
const types = ({ entries }: { entries: InspectionEntry[] }): string[] =>
  entries.map(({ type }) => type);

const log = [entry('first', 1), entry('second', 5), entry('third', 5)];
const samples = [entry('early', 0), entry('between', 3), entry('with', 5)];

it('puts the entries of all sources in the order of time; of one moment, as they came', () => {
  const found = inTimeOrder([log, samples]);
  expect(types(found)).toEqual(['early', 'first', 'between', 'second', 'third', 'with']);
  expect(found.truncated).toBe(false);
});

it('keeps the sources named first when there are too many, and says so', () => {
  const found = inTimeOrder([log, samples], 4);
  expect(types(found)).toEqual(['early', 'first', 'second', 'third']);
  expect(found.truncated).toBe(true);
  expect(inTimeOrder([log, samples], 6).truncated).toBe(false);
});

it('knows nothing of nothing', () => {
  expect(inTimeOrder([[], []])).toEqual({ entries: [], truncated: false });
});
