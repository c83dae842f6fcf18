import { lineChart, niceTicks } from './svg';

it.each([
  [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [100, [0, 20, 40, 60, 80, 100]],
  [485, [0, 100, 200, 300, 400, 500]],
  [18, [0, 5, 10, 15, 20]],
])('has round ticks up to %d', (most, ticks) => {
  expect(niceTicks(most)).toEqual(ticks);
});

it('draws a gap where there is no value, and shows any name as it is', () => {
  const svg = lineChart({
    title: 'A & B',
    xLabel: 'x',
    yLabel: 'y',
    xRange: [0, 3],
    xTicks: [],
    series: [
      {
        name: '<queue>',
        points: [
          { x: 0, y: 1 },
          { x: 1, y: undefined },
          { x: 2, y: 1 },
          { x: 3, y: 0 },
        ],
      },
    ],
  });
  expect(svg).toContain('A &amp; B');
  expect(svg).toContain('&lt;queue>');
  expect(svg).toMatch(/d="M70 72M643\.3 72L930 360"/);
});
