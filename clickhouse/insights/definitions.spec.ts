import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIMENSIONS } from './dimensions';
import { behind } from './drill-down';
import { STEPS } from './customer-sources';
import { partsOf } from './figure';
import { definitionOf, RESOURCE_NAMES, RESOURCES } from './resources';

const DOC = readFileSync(join(__dirname, '../../docs/insights.md'), 'utf8');

/** The rows of the table under a heading, cell by cell. */
function tableUnder(heading: string): string[][] {
  const [, after = ''] = DOC.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ');
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const resources = RESOURCE_NAMES.map((name) => [name, RESOURCES[name]] as const);

it.each(resources)(
  'docs/insights.md defines the figures of %s as the code does',
  (name, figures) => {
    const declared = figures
      .map(definitionOf)
      .map(({ name: figure, definition, unit, groupBy }) => [
        `\`${figure}\``,
        definition,
        unit,
        groupBy.filter((dimension) => dimension !== 'day' && dimension !== 'hour').join(', '),
      ]);
    expect(tableUnder(name)).toEqual(declared);
  },
);

it('docs/insights.md names the steps of the funnel in order', () => {
  const cells = tableUnder('Steps').map(([step, event]) => [step, event]);
  expect(cells).toEqual(STEPS.map(([step, type]) => [step, `\`${type}\``]));
});

it.each(resources)('%s have names of their own, and open to one source each', (_, figures) => {
  const parts = figures.flatMap((figure) => [figure, ...partsOf(figure)]);
  const byName = new Map(parts.map((figure) => [figure.name, figure]));
  expect(new Set(parts).size).toBe(byName.size);
  // The answer is a table: a figure must not be called like a dimension.
  expect([...byName.keys()].filter((name) => DIMENSIONS.some((d) => d === name))).toEqual([]);
  expect(figures.map((figure) => behind(figure).source.rows).join(' ')).not.toMatch(
    /undefined|NaN/,
  );
});
